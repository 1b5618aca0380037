package io.rasplens.runtime.jar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Writes the classes that a start would make at run time otherwise: one for the lambdas of a class that share a type, and the methods
 * {@code equals}, {@code hashCode} and {@code toString} of records. The JVM makes them one by one when they are first used, which was a
 * third of the processor time of a short command.
 *
 * <p>What it leaves alone: classes older than Java 8 and lambdas that can be serialised.
 */
final class PlainClasses {
    private final Map<String, byte[]> before = new LinkedHashMap<>();
    private final SortedMap<String, byte[]> after = new TreeMap<>();

    /** What a nest gains, by the name of its host. */
    private final Map<String, List<String>> joined = new LinkedHashMap<>();

    private PlainClasses() {}

    /**
     * The classes that change and those that are new.
     *
     * @param classes class files
     * @return class files by internal name
     */
    static SortedMap<String, byte[]> of(Iterable<byte[]> classes) {
        var plain = new PlainClasses();
        classes.forEach(plain::add);
        plain.join();
        return plain.after;
    }

    private void add(byte[] content) {
        var reader = new ClassReader(content);
        if (reader.readUnsignedShort(6) < Opcodes.V1_8) {
            return;
        }
        before.put(reader.getClassName(), content);
        var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        var calls = new PlainCalls(writer);
        reader.accept(calls, 0);
        if (calls.changed) {
            after.put(reader.getClassName(), writer.toByteArray());
        }
        calls.groups.values().forEach(group -> {
            after.put(group.name, group.write());
            joined.computeIfAbsent(calls.host, h -> new ArrayList<>()).add(group.name);
        });
    }

    /** Tells each host of a nest what has joined it: only members may call its private methods. */
    private void join() {
        joined.forEach((host, members) -> {
            var reader = new ClassReader(after.getOrDefault(host, before.get(host)));
            var writer = new ClassWriter(reader, 0);
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9, writer) {
                        @Override
                        public void visitEnd() {
                            members.forEach(this::visitNestMember);
                            super.visitEnd();
                        }
                    },
                    0);
            after.put(host, writer.toByteArray());
        });
    }
}
