package io.rasplens.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files on the way to a target, under names that say which process writes them: {@code .model.safetensors.4711-5f3a.tmp}. What a
 * process left that was killed is found again by its name, and removed when the target is written the next time.
 */
final class LeftoverFiles {
    private static final Pattern ENDING = Pattern.compile("\\.([0-9]{1,18})-[0-9a-f]{1,16}\\.tmp");

    private LeftoverFiles() {}

    /** A new name beside the target. */
    static Path temporaryFor(Path target) {
        long random = ThreadLocalRandom.current().nextLong();
        return target.resolveSibling("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(random) + ".tmp");
    }

    /** Removes what processes that are no more left of this target; what can't be removed stays. */
    static void removeFor(Path target) {
        Path folder = target.getParent();
        if (folder == null) {
            return;
        }
        String beginning = "." + target.getFileName();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> isLeft(String.valueOf(f.getFileName()), beginning))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The folder can't be listed, or something holds the file: the next writer tries again.
        }
    }

    private static boolean isLeft(String name, String beginning) {
        if (!name.startsWith(beginning)) {
            return false;
        }
        Matcher ending = ENDING.matcher(name.substring(beginning.length()));
        return ending.matches() && isDead(Long.parseLong(ending.group(1)));
    }

    private static boolean isDead(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isEmpty() || !process.get().isAlive();
    }
}
