package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Each token of a file must have one id: of two ids for one token, and of one id for BOS and PAD, a model means another thing. */
final class DistinctTokens {
    private DistinctTokens() {}

    /**
     * Refuses what is not distinct. A token spelled like a special is another token.
     *
     * @param json names the specials
     * @param tokens lists the vocabulary
     * @param pad an id, or {@code TokenEncoder.NO_PAD}
     */
    static void check(JsonNode json, JsonNode tokens, ImmutableList<Value> vocabulary, int bos, int pad)
            throws StoreException {
        if (pad == bos) {
            throw json.field("pad").wrong("must not be the token that begins every input (bos)");
        }
        Set<Value> seen = new HashSet<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            if (id != bos && id != pad && !seen.add(vocabulary.get(id))) {
                throw tokens.wrong("lists the token " + ForeignName.name(Values.plain(vocabulary.get(id))) + " twice");
            }
        }
    }
}
