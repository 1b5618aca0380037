package io.rasplens.runtime.jar;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The three methods of a record as {@code ObjectMethods} defines them. */
final class RecordMethods {
    private RecordMethods() {}

    static void write(ClassVisitor out, String owner, String called, String site, String[] names, Object... arguments) {
        MethodVisitor code = out.visitMethod(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, called + "$", site, null, null);
        code.visitCode();
        switch (called) {
            case "equals" -> equality(code, owner, names.length, arguments);
            case "hashCode" -> hash(code, names.length, arguments);
            default -> text(code, owner, names, arguments);
        }
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static Type get(MethodVisitor code, Object field) {
        Handle handle = (Handle) field;
        code.visitFieldInsn(Opcodes.GETFIELD, handle.getOwner(), handle.getName(), handle.getDesc());
        return Type.getType(handle.getDesc());
    }

    private static void equality(MethodVisitor code, String owner, int n, Object... arguments) {
        var other = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        var distinct = new Label();
        code.visitJumpInsn(Opcodes.IF_ACMPNE, distinct);
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(distinct);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitTypeInsn(Opcodes.INSTANCEOF, owner);
        code.visitJumpInsn(Opcodes.IFEQ, other);
        for (int i = 0; i < n; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            get(code, arguments[2 + i]);
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitTypeInsn(Opcodes.CHECKCAST, owner);
            Type type = get(code, arguments[2 + i]);
            if (!Conversion.primitive(type)) {
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        "java/util/Objects",
                        "equals",
                        "(Ljava/lang/Object;Ljava/lang/Object;)Z",
                        false);
                code.visitJumpInsn(Opcodes.IFEQ, other);
            } else {
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        Conversion.box(type).getInternalName(),
                        "compare",
                        Type.getMethodDescriptor(Type.INT_TYPE, type, type),
                        false);
                code.visitJumpInsn(Opcodes.IFNE, other);
            }
        }
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(other);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitInsn(Opcodes.IRETURN);
    }

    private static void hash(MethodVisitor code, int n, Object... arguments) {
        code.visitInsn(Opcodes.ICONST_0);
        for (int i = 0; i < n; i++) {
            code.visitIntInsn(Opcodes.BIPUSH, 31);
            code.visitInsn(Opcodes.IMUL);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            Type type = get(code, arguments[2 + i]);
            boolean plain = Conversion.primitive(type);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    plain ? Conversion.box(type).getInternalName() : "java/util/Objects",
                    "hashCode",
                    plain ? Type.getMethodDescriptor(Type.INT_TYPE, type) : "(Ljava/lang/Object;)I",
                    false);
            code.visitInsn(Opcodes.IADD);
        }
        code.visitInsn(Opcodes.IRETURN);
    }

    private static void text(MethodVisitor code, String owner, String[] names, Object... arguments) {
        String builder = "java/lang/StringBuilder";
        code.visitTypeInsn(Opcodes.NEW, builder);
        code.visitInsn(Opcodes.DUP);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, builder, "<init>", "()V", false);
        String simple = owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$')) + 1);
        for (int i = 0; i < names.length; i++) {
            append(code, (i == 0 ? simple + "[" : ", ") + names[i] + "=");
            code.visitVarInsn(Opcodes.ALOAD, 0);
            Type type = get(code, arguments[2 + i]);
            boolean plain = Conversion.primitive(type);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    "java/lang/String",
                    "valueOf",
                    "("
                            + (type.getSort() == Type.BYTE || type.getSort() == Type.SHORT
                                    ? "I"
                                    : plain ? type.getDescriptor() : "Ljava/lang/Object;")
                            + ")Ljava/lang/String;",
                    false);
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, builder, "append", "(Ljava/lang/String;)Ljava/lang/StringBuilder;", false);
        }
        append(code, names.length == 0 ? simple + "[]" : "]");
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, builder, "toString", "()Ljava/lang/String;", false);
        code.visitInsn(Opcodes.ARETURN);
    }

    private static void append(MethodVisitor code, String text) {
        code.visitLdcInsn(text);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                "java/lang/StringBuilder",
                "append",
                "(Ljava/lang/String;)Ljava/lang/StringBuilder;",
                false);
    }
}
