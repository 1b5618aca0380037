package io.rasplens.runtime.cli.print;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which of a process's streams a person sees. Java tells it only of the input and the answers together, and somebody who sends the
 * answers to a file wants to see how far they are.
 *
 * @param answers whether answers appear before a person
 * @param progress whether a line may come and go on the error stream: it is seen, and no pager shares the terminal with it
 */
public record Watched(boolean answers, boolean progress) {
    /** Nobody sees anything. */
    public static final Watched NOBODY = new Watched(false, false);

    /** What the launcher, which can ask, says: the names of what is seen, separated by commas. */
    private static final String PROPERTY = "rasplens.watched";

    /** @param terminal what Java says of the input and the answers; counts where nothing better is known */
    static Watched ofProcess(boolean terminal) {
        String told = System.getProperty(PROPERTY);
        if (told != null) {
            List<String> seen = Splitter.on(',').splitToList(told);
            return new Watched(seen.contains("answers"), seen.contains("progress"));
        }
        String answers = stream(1);
        String errors = stream(2);
        return answers.isEmpty() || errors.isEmpty()
                ? new Watched(terminal, terminal)
                : new Watched(isTerminal(answers), isTerminal(errors) && !answers.startsWith("pipe:"));
    }

    /** What stands behind a stream, where the system shows it as Linux does; empty elsewhere. */
    private static String stream(int number) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static boolean isTerminal(String device) {
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
    }
}
