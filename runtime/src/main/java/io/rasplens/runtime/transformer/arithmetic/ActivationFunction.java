package io.rasplens.runtime.transformer.arithmetic;

import io.rasplens.compiler.model.TransformerConfig.Activation;

/** The activation functions of the hidden units. All of them take 0 to exactly 0, so padding stays zero. */
public final class ActivationFunction {
    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    private ActivationFunction() {}

    public static double at(Activation activation, double x) {
        return switch (activation) {
            case RELU -> relu(x);
            case GELU -> gelu(x);
            case GELU_NEW -> geluNew(x);
            case SILU -> silu(x);
        };
    }

    /** The function of the first {@code length} numbers, which may be written over themselves. */
    public static void apply(Activation activation, double[] x, double[] out, int length) {
        if (activation == Activation.RELU) {
            for (int i = 0; i < length; i++) {
                out[i] = relu(x[i]);
            }
        } else {
            for (int i = 0; i < length; i++) {
                out[i] = at(activation, x[i]);
            }
        }
    }

    /** The derivative; of relu at 0 it is 0. */
    public static double slope(Activation activation, double x) {
        return switch (activation) {
            case RELU -> x > 0 ? 1 : 0;
            case GELU -> geluSlope(x);
            case GELU_NEW -> geluNewSlope(x);
            case SILU -> siluSlope(x);
        };
    }

    /** Φ(x) + x·φ(x) */
    private static double geluSlope(double x) {
        double density = Exponential.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        return 0.5 * ErrorFunction.erfc(-x / Math.sqrt(2)) + (density == 0 ? 0 : x * density);
    }

    private static double geluNewSlope(double x) {
        double tanh = StrictMath.tanh(SQRT_2_OVER_PI * (x + CUBIC * x * x * x));
        double inner = SQRT_2_OVER_PI * (1 + 3 * CUBIC * x * x);
        double rest = 1 - tanh * tanh;
        return 0.5 * (1 + tanh) + (rest == 0 ? 0 : 0.5 * x * rest * inner);
    }

    private static double siluSlope(double x) {
        double sigmoid = 1 / (1 + Exponential.exp(-x));
        double rest = 1 - sigmoid;
        return sigmoid + (sigmoid == 0 || rest == 0 ? 0 : x * sigmoid * rest);
    }

    private static double relu(double x) {
        return Math.max(0.0, x);
    }

    /** x·Φ(x), with Φ(x) = erfc(-x/√2)/2, which keeps its digits where x is far below zero. */
    private static double gelu(double x) {
        return x == Double.NEGATIVE_INFINITY ? 0 : 0.5 * x * ErrorFunction.erfc(-x / Math.sqrt(2));
    }

    /** The tanh form of GPT-2: x/2·(1 + tanh(√(2/π)·(x + 0.044715x³))). */
    private static double geluNew(double x) {
        return x == Double.NEGATIVE_INFINITY
                ? 0
                : 0.5 * x * (1 + StrictMath.tanh(SQRT_2_OVER_PI * (x + CUBIC * x * x * x)));
    }

    private static double silu(double x) {
        return x == Double.NEGATIVE_INFINITY ? 0 : x / (1 + Exponential.exp(-x));
    }
}
