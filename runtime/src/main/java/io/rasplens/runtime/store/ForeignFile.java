package io.rasplens.runtime.store;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A file that another program wrote, or Rasplens to another end, is not replaced unasked: it may be the only copy. */
final class ForeignFile {
    private ForeignFile() {}

    /** Refuses to write a model over what is no model of ours. */
    static void checkModel(Path file) throws StoreException {
        check(file, open -> ReadMetadata.isOurs(open.metadata()), "a model that Rasplens wrote");
    }

    /** Refuses to write activations over what is none. */
    static void checkActivations(Path file) throws StoreException {
        check(file, ForeignFile::holdsActivations, "a file of activations");
    }

    /** Their names are those of hook points. */
    private static boolean holdsActivations(SafetensorsFile open) {
        return open.tensors().keySet().stream().allMatch(name -> name.startsWith("hook_") || name.contains(".hook_"))
                && !ReadMetadata.isOurs(open.metadata());
    }

    private static void check(Path file, Predicate<SafetensorsFile> isOurs, String what) throws StoreException {
        // A directory or a device has its own message, where it is opened for writing.
        if (!Files.isRegularFile(file) || isEmpty(file)) {
            return;
        }
        boolean ours;
        try (SafetensorsFile open = SafetensorsFile.openChecked(file)) {
            ours = isOurs.test(open);
        } catch (StoreException | IOException e) {
            ours = false;
        }
        if (!ours) {
            throw new StoreException(Diagnostic.error(
                            StoreCode.FOREIGN_FILE, file + " exists and is not " + what + "; nothing was changed")
                    .help("choose another name, or move that file away")
                    .about(file.toString()));
        }
    }

    /** There is nothing in it to lose, as in what {@code mktemp} made. */
    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
