package io.rasplens.runtime.web.browser;

import io.rasplens.runtime.transformer.arithmetic.Exponential;
import java.util.stream.Stream;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.ValueType;
import org.teavm.model.emit.ProgramEmitter;

/** While the engine is translated: methods of TeaVM's class library that give other results than the Java virtual machine's, or take far longer,
 * call ours. */
public final class CorrectLibrary implements ClassHolderTransformer {
    @Override
    public void transformClass(ClassHolder cls, ClassHolderTransformerContext context) {
        switch (cls.getName()) {
            case "java.lang.Math" -> {
                replace(cls, context, BrowserMath.class, "rint", double.class);
                replace(cls, context, BrowserMath.class, "ulp", double.class);
                replace(cls, context, BrowserMath.class, "round", long.class);
                replace(cls, context, BrowserMath.class, "getExponent", int.class);
                MethodHolder scalb =
                        cls.getMethod(new MethodDescriptor("scalb", double.class, int.class, double.class));
                ProgramEmitter body = ProgramEmitter.create(scalb, context.getHierarchy());
                body.invoke(BrowserMath.class, "scalb", double.class, body.var(1, double.class), body.var(2, int.class))
                        .returnValue();
            }
            case "java.lang.Double" -> replace(cls, context, BrowserMath.class, "hashCode", int.class);
            case "java.lang.StrictMath" -> replace(cls, context, Exponential.class, "exp", double.class);
            case "java.util.stream.impl.SimpleStreamImpl" -> {
                MethodHolder method = cls.getMethod(new MethodDescriptor("distinct", Stream.class));
                ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
                body.invoke(BrowserDistinct.class, "distinct", Stream.class, body.var(0, ValueType.parse(Stream.class)))
                        .returnValue();
            }
            default -> {}
        }
    }

    /** A function of one number. */
    private static void replace(
            ClassHolder cls, ClassHolderTransformerContext context, Class<?> by, String name, Class<?> result) {
        MethodHolder method = cls.getMethod(new MethodDescriptor(name, double.class, result));
        ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
        body.invoke(by, name, result, body.var(1, double.class)).returnValue();
    }
}
