package io.rasplens.runtime.jar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Lambdas of one class as one class, told apart by a number. It implements the interfaces of all of them; what a lambda captures stands in
 * fields by its place, objects as {@code Object}. Each class that a start loads costs more than what is in it.
 */
final class LambdaClass {
    private static final Type OBJECT = Type.getType(Object.class);
    private static final String NUMBER = "number";

    /**
     * One lambda.
     *
     * @param type the interface that its call site gives
     * @param method what that interface's method is called
     * @param erased that method's descriptor
     * @param bridges its other descriptors
     * @param captured what it captures
     * @param target what it calls
     * @param instantiated the types that it is called with
     */
    record Case(
            Type type,
            String method,
            Type erased,
            List<Type> bridges,
            Type[] captured,
            Handle target,
            Type instantiated) {}

    private record Method(String name, Type type) {}

    final String name;
    private final String host;
    private final Set<String> interfaces = new LinkedHashSet<>();
    private final Map<Method, SortedMap<Integer, Case>> methods = new LinkedHashMap<>();
    private final Map<String, Type> factories = new LinkedHashMap<>();
    private int count;

    LambdaClass(String name, String host) {
        this.name = name;
        this.host = host;
    }

    /** Takes one more; its number. */
    int add(Case lambda, List<String> implemented) {
        interfaces.addAll(implemented);
        put(lambda.erased, lambda);
        lambda.bridges.forEach(bridge -> put(bridge, lambda));
        factories.put(factory(lambda), lambda.type);
        return count++;
    }

    private void put(Type type, Case lambda) {
        methods.computeIfAbsent(new Method(lambda.method, type), m -> new TreeMap<>())
                .put(count, lambda);
    }

    /** The descriptor of the method {@code of} that makes one. */
    static String factory(Case lambda) {
        var fields = new Type[lambda.captured.length + 1];
        for (int i = 0; i < lambda.captured.length; i++) {
            fields[i] = Conversion.primitive(lambda.captured[i]) ? lambda.captured[i] : OBJECT;
        }
        fields[lambda.captured.length] = Type.INT_TYPE;
        return Type.getMethodDescriptor(lambda.type, fields);
    }

    byte[] write() {
        var out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        out.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                OBJECT.getInternalName(),
                interfaces.toArray(String[]::new));
        out.visitNestHost(host);
        Map<String, String> fields = new TreeMap<>();
        Set<String> made = new LinkedHashSet<>();
        factories.keySet().forEach(factory -> {
            Type[] types = Type.getArgumentTypes(factory);
            for (int i = 0; i < types.length; i++) {
                fields.put(field(types, i), types[i].getDescriptor());
            }
            if (made.add(Type.getMethodDescriptor(Type.VOID_TYPE, types))) {
                constructor(out, types);
            }
            factory(out, factory, types);
        });
        fields.forEach(
                (field, type) -> out.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field, type, null, null));
        methods.forEach((method, cases) -> method(out, method, cases));
        out.visitEnd();
        return out.toByteArray();
    }

    /** The field of the i-th value: the last is the number, the others go by their place and whether they are objects. */
    private static String field(Type[] types, int i) {
        return i == types.length - 1
                ? NUMBER
                : (Conversion.primitive(types[i]) ? types[i].getDescriptor().toLowerCase(Locale.ROOT) : "o") + i;
    }

    private void constructor(ClassWriter out, Type[] types) {
        String descriptor = Type.getMethodDescriptor(Type.VOID_TYPE, types);
        MethodVisitor create = out.visitMethod(Opcodes.ACC_PRIVATE, "<init>", descriptor, null, null);
        create.visitCode();
        create.visitVarInsn(Opcodes.ALOAD, 0);
        create.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT.getInternalName(), "<init>", "()V", false);
        int slot = 1;
        for (int i = 0; i < types.length; i++) {
            create.visitVarInsn(Opcodes.ALOAD, 0);
            create.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), slot);
            create.visitFieldInsn(Opcodes.PUTFIELD, name, field(types, i), types[i].getDescriptor());
            slot += types[i].getSize();
        }
        create.visitInsn(Opcodes.RETURN);
        create.visitMaxs(0, 0);
        create.visitEnd();
    }

    private void factory(ClassWriter out, String descriptor, Type[] types) {
        MethodVisitor of = out.visitMethod(Opcodes.ACC_STATIC, "of", descriptor, null, null);
        of.visitCode();
        of.visitTypeInsn(Opcodes.NEW, name);
        of.visitInsn(Opcodes.DUP);
        int slot = 0;
        for (Type type : types) {
            of.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
            slot += type.getSize();
        }
        of.visitMethodInsn(
                Opcodes.INVOKESPECIAL, name, "<init>", Type.getMethodDescriptor(Type.VOID_TYPE, types), false);
        of.visitInsn(Opcodes.ARETURN);
        of.visitMaxs(0, 0);
        of.visitEnd();
    }

    private void method(ClassWriter out, Method method, SortedMap<Integer, Case> cases) {
        MethodVisitor code = out.visitMethod(Opcodes.ACC_PUBLIC, method.name, method.type.getDescriptor(), null, null);
        code.visitCode();
        List<Case> all = new ArrayList<>(cases.values());
        if (all.size() > 1) {
            Label[] labels = all.stream().map(c -> new Label()).toArray(Label[]::new);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, NUMBER, "I");
            int[] numbers = cases.keySet().stream().mapToInt(Integer::intValue).toArray();
            int first = numbers[0];
            int last = numbers[numbers.length - 1];
            Label other = labels[labels.length - 1];
            if (last - first == numbers.length - 1) {
                code.visitTableSwitchInsn(first, last, other, labels);
            } else {
                code.visitLookupSwitchInsn(other, numbers, labels);
            }
            for (int i = 0; i < labels.length; i++) {
                code.visitLabel(labels[i]);
                code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                call(code, all.get(i), method.type);
            }
        } else {
            call(code, all.get(0), method.type);
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
        Type[] fields = Type.getArgumentTypes(factory(one));
        for (int i = 0; i < one.captured.length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, field(fields, i), fields[i].getDescriptor());
            Conversion.of(code, fields[i], one.captured[i], wanted.get(next++));
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
