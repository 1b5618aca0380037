package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.cli.print.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Model files that something has damaged, given to the verbs that take models: whatever is wrong with one, it is answered or refused in
 * words, by an exit code of the contract. What is told when it fails is enough to do the same again.
 */
class DamagedFilesTest {
    private static final byte[] LIKELY = "0123456789-.e\"\\{}[],:ntf".getBytes(StandardCharsets.US_ASCII);

    private static final double[] NUMBERS = {
        Double.NaN, Double.POSITIVE_INFINITY, 1e308, -1e200, Double.MIN_VALUE, -0.0, 0.5, 1e9
    };

    private static final List<List<String>> VERBS = List.of(
            List.of("run", "--input", "ab"),
            List.of("run", "--input", "[1, 2]", "--json"),
            List.of("inspect"),
            List.of("inspect", "--units", "--json"),
            List.of("circuit"),
            List.of("cache", "--input", "ab"),
            List.of("ablate", "--input", "ab"));

    @TempDir
    Path folder = Path.of("");

    @Test
    void aThousand() throws IOException {
        campaign(1, 1_000);
    }

    @Tag("long")
    @Test
    void twentyFiveThousand() throws IOException {
        campaign(2, 25_000);
    }

    private void campaign(long seed, int files) throws IOException {
        List<byte[]> whole = wholeModels();
        Path file = folder.resolve("damaged.safetensors");
        int refused = 0;
        for (int i = 0; i < files; i++) {
            var random = new Random(1_000_003L * seed + i);
            byte[] damaged = damaged(whole.get(i % whole.size()), random);
            Files.write(file, damaged);
            List<String> words = new ArrayList<>(VERBS.get(random.nextInt(VERBS.size())));
            words.add(1, file.toString());
            CommandRun run = CommandRun.of(words.toArray(String[]::new));
            String said = run.out() + run.err();
            String what = "seed " + seed + ", file " + i + ": " + words + "\n" + said;
            assertThat(run.exit()).as(what).isIn(ExitCode.OK, ExitCode.REJECTED, ExitCode.USAGE, ExitCode.INPUT_OUTPUT);
            assertThat(said).as(what).doesNotContain("Exception", "\tat ", "E99", "\u001b");
            if (run.exit() != ExitCode.OK) {
                refused++;
                assertThat(said)
                        .as(what)
                        .containsAnyOf("error[", "\"error\"", "DIFFERS", "\"match\": false", "\"match\":false");
            }
        }
        // Both happen: damage that is seen and damage that leaves a model.
        assertThat(refused).isBetween(files / 4, files - files / 50);
    }

    private List<byte[]> wholeModels() throws IOException {
        List<byte[]> models = new ArrayList<>();
        Path program = Files.writeString(folder.resolve("p.rasp"), """
                #@ vocab ["a", "b"]
                #@ max_length 3
                place = selector_width(select(tokens, tokens, <)) + selector_width(select(tokens, tokens, ==) and select(indices, indices, <));
                sorted = aggregate(select(place, indices, ==), tokens, "-");
                """);
        for (String level : List.of("-O0", "-O1", "-O2")) {
            Path model = folder.resolve("whole" + level + ".safetensors");
            CommandRun compiled = CommandRun.of("compile", program.toString(), level, "-o", model.toString());
            assertThat(compiled.exit()).as(compiled.err()).isZero();
            models.add(Files.readAllBytes(model));
        }
        return models;
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            bytes = damagedOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] damagedOnce(byte[] bytes, Random random) {
        if (bytes.length < 16) {
            return bytes;
        }
        int end = headerEnd(bytes);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
            case 2 -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                yield bytes;
            }
            case 3 -> {
                bytes[8 + random.nextInt(end - 8)] = LIKELY[random.nextInt(LIKELY.length)];
                yield bytes;
            }
            case 4 -> withOtherDigit(bytes, end, random);
            case 5 -> withPartMoved(bytes, random);
            case 6 -> {
                bytes[random.nextInt(8)] = (byte) random.nextInt(256);
                yield bytes;
            }
            default -> withOtherNumber(bytes, end, random);
        };
    }

    private static byte[] withOtherNumber(byte[] bytes, int end, Random random) {
        if (bytes.length - end >= 8) {
            int at = end + 8 * random.nextInt((bytes.length - end) / 8);
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(at, NUMBERS[random.nextInt(NUMBERS.length)]);
        }
        return bytes;
    }

    /** Where the data begins; at least 9, at most the length, whatever the file says. */
    private static int headerEnd(byte[] bytes) {
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return (int) Math.max(9, Math.min(bytes.length, 8 + Math.max(0, Math.min(length, bytes.length))));
    }

    private static byte[] withOtherDigit(byte[] bytes, int end, Random random) {
        int from = 8 + random.nextInt(Math.max(1, end - 8));
        for (int i = from; i < end; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = (byte) ('0' + random.nextInt(10));
                return bytes;
            }
        }
        return bytes;
    }

    private static byte[] withPartMoved(byte[] bytes, Random random) {
        int length = Math.min(bytes.length, 1 + random.nextInt(40));
        int from = random.nextInt(bytes.length - length + 1);
        int to = random.nextInt(bytes.length - length + 1);
        System.arraycopy(bytes.clone(), from, bytes, to, length);
        return bytes;
    }
}
