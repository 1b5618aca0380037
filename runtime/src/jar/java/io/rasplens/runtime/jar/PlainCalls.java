package io.rasplens.runtime.jar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads a class and writes it with plain calls instead of call sites. */
final class PlainCalls extends ClassVisitor {
    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final String RECORDS = "java/lang/runtime/ObjectMethods";
    private static final String FUNCTIONS = "java/util/function/";
    private static final String COMPARATOR = "java/util/Comparator";
    private static final int SERIALIZABLE = 1;
    private static final int MARKERS = 2;
    private static final int BRIDGES = 4;

    /** By {@link #group}. */
    final Map<List<String>, LambdaClass> groups = new LinkedHashMap<>();

    private String name = "";
    String host = "";
    boolean changed;

    PlainCalls(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        this.name = name;
        this.host = name;
        super.visit(Math.max(version, Opcodes.V11), access, name, signature, superName, interfaces);
    }

    @Override
    public void visitNestHost(String host) {
        this.host = host;
        super.visitNestHost(host);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitInvokeDynamicInsn(String called, String site, Handle bootstrap, Object... arguments) {
                if (bootstrap.getOwner().equals(METAFACTORY) && lambda(called, site, arguments)) {
                    return;
                }
                if (bootstrap.getOwner().equals(RECORDS)) {
                    record(called, site, arguments);
                    return;
                }
                super.visitInvokeDynamicInsn(called, site, bootstrap, arguments);
            }

            private boolean lambda(String called, String site, Object... arguments) {
                int flags = arguments.length > 3 ? (int) arguments[3] : 0;
                if ((flags & SERIALIZABLE) != 0) {
                    return false;
                }
                int at = 4;
                List<String> interfaces = new ArrayList<>();
                Type made = Type.getReturnType(site);
                interfaces.add(made.getInternalName());
                if ((flags & MARKERS) != 0) {
                    for (int left = (int) arguments[at++]; left > 0; left--) {
                        interfaces.add(((Type) arguments[at++]).getInternalName());
                    }
                }
                List<Type> bridges = new ArrayList<>();
                if ((flags & BRIDGES) != 0) {
                    for (int left = (int) arguments[at++]; left > 0; left--) {
                        bridges.add((Type) arguments[at++]);
                    }
                }
                var lambda = new LambdaClass.Case(
                        made,
                        called,
                        (Type) arguments[0],
                        bridges,
                        Type.getArgumentTypes(site),
                        (Handle) arguments[1],
                        (Type) arguments[2]);
                LambdaClass group = groups.computeIfAbsent(
                        group(interfaces), k -> new LambdaClass(name + "$$" + (groups.size() + 1), host));
                push(this, group.add(lambda, interfaces));
                visitMethodInsn(Opcodes.INVOKESTATIC, group.name, "of", LambdaClass.factory(lambda), false);
                changed = true;
                return true;
            }

            private void record(String called, String site, Object... arguments) {
                String[] names = ((String) arguments[1]).isEmpty() ? new String[0] : ((String) arguments[1]).split(";");
                RecordMethods.write(cv, name, called, site, names, arguments);
                visitMethodInsn(Opcodes.INVOKESTATIC, name, called + "$", site, false);
                changed = true;
            }
        };
    }

    /**
     * What the interfaces of lambdas have in common that may be one class. Those of {@code java.util.function} may: no default method of one
     * has the name and the types of a method of another. Of other interfaces that is not known, so they are among themselves.
     */
    private static List<String> group(List<String> interfaces) {
        return interfaces.size() == 1
                        && (interfaces.get(0).startsWith(FUNCTIONS)
                                || interfaces.get(0).equals(COMPARATOR))
                ? List.of()
                : List.copyOf(interfaces);
    }

    private static void push(MethodVisitor code, int number) {
        if (number <= 5) {
            code.visitInsn(Opcodes.ICONST_0 + number);
        } else {
            code.visitIntInsn(number <= Byte.MAX_VALUE ? Opcodes.BIPUSH : Opcodes.SIPUSH, number);
        }
    }
}
