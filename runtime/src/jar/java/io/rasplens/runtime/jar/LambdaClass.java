package io.rasplens.runtime.jar;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The lambdas of one class that have the same type and capture the same: one class, told apart by a number. */
final class LambdaClass {
    /** What a group's members have in common. */
    record Kind(String type, String method, Type erased, Type captured, List<String> interfaces, List<Type> bridges) {}

    /** One lambda: what it calls, and with which types. */
    record Case(Handle target, Type instantiated) {}

    final String name;
    private final String host;
    private final Kind kind;
    final List<Case> cases = new ArrayList<>();

    LambdaClass(String name, String host, Kind kind) {
        this.name = name;
        this.host = host;
        this.kind = kind;
    }

    String factory() {
        return Type.getMethodDescriptor(Type.getObjectType(kind.type), parameters());
    }

    private Type[] parameters() {
        Type[] captured = kind.captured.getArgumentTypes();
        var all = new Type[captured.length + 1];
        System.arraycopy(captured, 0, all, 0, captured.length);
        all[captured.length] = Type.INT_TYPE;
        return all;
    }

    byte[] write() {
        var out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        out.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                "java/lang/Object",
                kind.interfaces.toArray(String[]::new));
        out.visitNestHost(host);
        Type[] all = parameters();
        for (int i = 0; i < all.length; i++) {
            out.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "f" + i, all[i].getDescriptor(), null, null);
        }
        String made = Type.getMethodDescriptor(Type.VOID_TYPE, all);
        MethodVisitor create = out.visitMethod(Opcodes.ACC_PRIVATE, "<init>", made, null, null);
        create.visitCode();
        create.visitVarInsn(Opcodes.ALOAD, 0);
        create.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        int slot = 1;
        for (int i = 0; i < all.length; i++) {
            create.visitVarInsn(Opcodes.ALOAD, 0);
            create.visitVarInsn(all[i].getOpcode(Opcodes.ILOAD), slot);
            create.visitFieldInsn(Opcodes.PUTFIELD, name, "f" + i, all[i].getDescriptor());
            slot += all[i].getSize();
        }
        create.visitInsn(Opcodes.RETURN);
        create.visitMaxs(0, 0);
        create.visitEnd();
        MethodVisitor of = out.visitMethod(Opcodes.ACC_STATIC, "of", factory(), null, null);
        of.visitCode();
        of.visitTypeInsn(Opcodes.NEW, name);
        of.visitInsn(Opcodes.DUP);
        slot = 0;
        for (Type type : all) {
            of.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
            slot += type.getSize();
        }
        of.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", made, false);
        of.visitInsn(Opcodes.ARETURN);
        of.visitMaxs(0, 0);
        of.visitEnd();
        method(out, kind.erased);
        kind.bridges.stream().filter(b -> !b.equals(kind.erased)).distinct().forEach(b -> method(out, b));
        out.visitEnd();
        return out.toByteArray();
    }

    private void method(ClassWriter out, Type erased) {
        MethodVisitor code = out.visitMethod(Opcodes.ACC_PUBLIC, kind.method, erased.getDescriptor(), null, null);
        code.visitCode();
        if (cases.size() == 1) {
            call(code, cases.get(0), erased);
        } else {
            Label[] labels = cases.stream().map(c -> new Label()).toArray(Label[]::new);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            int last = parameters().length - 1;
            code.visitFieldInsn(Opcodes.GETFIELD, name, "f" + last, "I");
            code.visitTableSwitchInsn(0, labels.length - 1, labels[labels.length - 1], labels);
            for (int i = 0; i < labels.length; i++) {
                code.visitLabel(labels[i]);
                code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                call(code, cases.get(i), erased);
            }
        }
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** Calls what the lambda stands for and returns what it returns. */
    private void call(MethodVisitor code, Case one, Type erased) {
        Handle target = one.target;
        Type owner = Type.getObjectType(target.getOwner());
        boolean constructor = target.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        boolean isStatic = target.getTag() == Opcodes.H_INVOKESTATIC;
        List<Type> wanted = new ArrayList<>();
        if (!constructor && !isStatic) {
            wanted.add(owner);
        }
        wanted.addAll(List.of(Type.getArgumentTypes(target.getDesc())));
        if (constructor) {
            code.visitTypeInsn(Opcodes.NEW, target.getOwner());
            code.visitInsn(Opcodes.DUP);
        }
        int next = 0;
        Type[] captured = kind.captured.getArgumentTypes();
        for (int i = 0; i < captured.length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, "f" + i, captured[i].getDescriptor());
            Conversion.of(code, captured[i], captured[i], wanted.get(next++));
        }
        Type[] given = erased.getArgumentTypes();
        Type[] known = one.instantiated.getArgumentTypes();
        int slot = 1;
        for (int i = 0; i < given.length; i++) {
            code.visitVarInsn(given[i].getOpcode(Opcodes.ILOAD), slot);
            slot += given[i].getSize();
            Conversion.of(code, given[i], known[i], wanted.get(next++));
        }
        int instruction = switch (target.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            default -> target.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        };
        code.visitMethodInsn(instruction, target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
        Type result = constructor ? owner : Type.getReturnType(target.getDesc());
        Type returned = erased.getReturnType();
        if (returned.equals(Type.VOID_TYPE)) {
            if (result.getSize() > 0) {
                code.visitInsn(result.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            }
        } else {
            Conversion.of(code, result, one.instantiated.getReturnType(), returned);
        }
        code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
    }
}
