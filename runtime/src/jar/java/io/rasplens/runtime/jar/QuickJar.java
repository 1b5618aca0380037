package io.rasplens.runtime.jar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Makes the jar start quickly: {@link PlainClasses} and then {@link StartClasses} in the place of what the shade plugin wrote. */
public final class QuickJar {
    private static final String START = "io/rasplens/runtime/cli/start.classes";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Path jar;
    private final Map<String, byte[]> first = new LinkedHashMap<>();
    private final TreeMap<String, byte[]> entries = new TreeMap<>();
    private final Map<String, LocalDateTime> times = new LinkedHashMap<>();

    private QuickJar(Path jar) {
        this.jar = jar;
    }

    /**
     * @param arguments the jar; the program that it is tried with
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var quick = new QuickJar(Path.of(arguments[0]));
        if (!quick.read() || quick.entries.containsKey(START)) {
            return; // Done before: the shade plugin found nothing new to write.
        }
        List<byte[]> classes = quick.entries.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".class"))
                .map(Map.Entry::getValue)
                .toList();
        PlainClasses.of(classes).forEach((name, content) -> quick.entries.put(name + ".class", content));
        quick.write();
        quick.entries.put(START, StartClasses.of(quick.jar, quick.entries, Path.of(arguments[1])));
        quick.write();
    }

    /** Whether it is a jar as the shade plugin writes it, with nothing in front. */
    private boolean read() throws IOException {
        try (var in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                boolean ahead = entry.getName().startsWith("META-INF/");
                (ahead ? first : entries).put(entry.getName(), in.readAllBytes());
                times.put(entry.getName(), entry.getTimeLocal());
            }
        }
        return !entries.isEmpty();
    }

    private void write() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            // What is ahead is not packed and tells its length: every start reads it, and looks for the second behind
            // the first.
            write(out, MANIFEST, first.get(MANIFEST), true);
            if (entries.containsKey(START)) {
                write(out, START, entries.get(START), true);
            }
            for (Map<String, byte[]> part : List.of(first, entries)) {
                for (Map.Entry<String, byte[]> entry : part.entrySet()) {
                    if (!entry.getKey().equals(START) && !entry.getKey().equals(MANIFEST)) {
                        write(out, entry.getKey(), entry.getValue(), false);
                    }
                }
            }
        }
        Files.write(jar, bytes.toByteArray());
    }

    private void write(ZipOutputStream out, String name, byte[] content, boolean ahead) throws IOException {
        var head = new ZipEntry(name);
        head.setTimeLocal(times.getOrDefault(name, times.get(MANIFEST)));
        if (ahead) {
            store(head, content);
        }
        out.putNextEntry(head);
        out.write(content);
        out.closeEntry();
    }

    private static void store(ZipEntry head, byte[] content) {
        var sum = new CRC32();
        sum.update(content);
        head.setMethod(ZipEntry.STORED);
        head.setSize(content.length);
        head.setCrc(sum.getValue());
    }
}
