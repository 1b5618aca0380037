package io.rasplens.runtime.jar;

import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What {@code LambdaMetafactory} does between the types of a lambda and those of what it calls. */
final class Conversion {
    private Conversion() {}

    /** Leaves a value of the type {@code to} where one of the type {@code from} stands, which is known to be a {@code known}. */
    static void of(MethodVisitor code, Type from, Type known, Type to) {
        if (from.equals(to)) {
            return;
        }
        if (primitive(from) && primitive(to)) {
            widen(code, from, to);
        } else if (primitive(from)) {
            Type box = box(primitive(known) ? known : from);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    box(from).getInternalName(),
                    "valueOf",
                    Type.getMethodDescriptor(box(from), from),
                    false);
            if (!box.equals(box(from))) {
                throw new IllegalStateException(from + " as " + known + " for " + to);
            }
        } else if (primitive(to)) {
            Type boxed = unboxed(from) == null ? known : from;
            Type inside = unboxed(boxed);
            if (inside == null) {
                boxed = box(to);
                inside = to;
            }
            if (!boxed.equals(from)) {
                code.visitTypeInsn(Opcodes.CHECKCAST, boxed.getInternalName());
            }
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    boxed.getInternalName(),
                    inside.getClassName() + "Value",
                    Type.getMethodDescriptor(inside),
                    false);
            widen(code, inside, to);
        } else if (!to.getInternalName().equals("java/lang/Object")) {
            code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
        }
    }

    static boolean primitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }

    private static void widen(MethodVisitor code, Type from, Type to) {
        if (from.equals(to)) {
            return;
        }
        String source = from.getSort() <= Type.INT ? "I" : from.getDescriptor();
        String target = to.getSort() <= Type.INT ? "I" : to.getDescriptor();
        switch (source + target) {
            case "II" -> {}
            case "IJ" -> code.visitInsn(Opcodes.I2L);
            case "IF" -> code.visitInsn(Opcodes.I2F);
            case "ID" -> code.visitInsn(Opcodes.I2D);
            case "JF" -> code.visitInsn(Opcodes.L2F);
            case "JD" -> code.visitInsn(Opcodes.L2D);
            case "FD" -> code.visitInsn(Opcodes.F2D);
            default -> throw new IllegalStateException(from + " to " + to);
        }
    }

    static Type box(Type primitive) {
        return Type.getObjectType("java/lang/"
                + switch (primitive.getSort()) {
                    case Type.BOOLEAN -> "Boolean";
                    case Type.CHAR -> "Character";
                    case Type.BYTE -> "Byte";
                    case Type.SHORT -> "Short";
                    case Type.INT -> "Integer";
                    case Type.LONG -> "Long";
                    case Type.FLOAT -> "Float";
                    default -> "Double";
                });
    }

    private static Type unboxed(Type reference) {
        for (Type type : List.of(
                Type.BOOLEAN_TYPE,
                Type.CHAR_TYPE,
                Type.BYTE_TYPE,
                Type.SHORT_TYPE,
                Type.INT_TYPE,
                Type.LONG_TYPE,
                Type.FLOAT_TYPE,
                Type.DOUBLE_TYPE)) {
            if (box(type).equals(reference)) {
                return type;
            }
        }
        return null;
    }
}
