package io.rasplens.runtime.store;

import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonNode;
import io.rasplens.runtime.store.json.JsonText;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a small JSON document from a file. */
final class ReadJsonFile {
    private static final int LONGEST = 32 << 20;

    private ReadJsonFile() {}

    /** @param code what malformed content is called */
    static JsonNode read(Path path, StoreCode code) throws StoreException {
        SafetensorsFile.checkRegular(path);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LONGEST + 1);
        } catch (IOException e) {
            throw SafetensorsFile.unreadable(path, e);
        }
        if (bytes.length > LONGEST) {
            throw new StoreException(StoreCode.TOO_LARGE, path + " is longer than " + LONGEST + " bytes");
        }
        try (var text =
                new InputStreamReader(new java.io.ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder())) {
            return JsonNode.root(code, path.toString(), JsonText.parse(text));
        } catch (CharacterCodingException e) {
            throw new StoreException(code, path + " is not valid UTF-8");
        } catch (IOException e) {
            throw new StoreException(code, path + " is not valid JSON: " + JsonText.reason(e));
        }
    }
}
