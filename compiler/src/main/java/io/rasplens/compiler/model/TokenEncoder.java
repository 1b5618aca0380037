package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Input values to token ids. The vocabulary lists every id's value, the specials BOS and PAD among them under those names;
 * a user's token may be spelled like a special without being one.
 *
 * @param vocabulary the value of each id
 * @param bos id of the token that is put before every input
 * @param pad id of the token that fills up shorter inputs of a batch; {@link #NO_PAD} if the model has none
 */
public record TokenEncoder(ImmutableList<Value> vocabulary, int bos, int pad) {
    public static final StringValue BOS_NAME = new StringValue("BOS");
    public static final StringValue PAD_NAME = new StringValue("PAD");

    /** In place of an id, for an imported model without a padding token. */
    public static final int NO_PAD = -1;

    /**
     * The encoder of a RASP vocabulary: tokens, BOS and PAD in {@link Values#ORDER}, a special after a token of the same
     * spelling.
     */
    public static TokenEncoder forVocabulary(Collection<? extends Value> tokens) {
        List<Value> sorted = tokens.stream()
                .<Value>map(v -> v)
                .distinct()
                .sorted(Values.ORDER)
                .toList();
        int beforeBos = (int) sorted.stream()
                .filter(v -> Values.ORDER.compare(v, BOS_NAME) <= 0)
                .count();
        int beforePad = (int) sorted.stream()
                .filter(v -> Values.ORDER.compare(v, PAD_NAME) <= 0)
                .count();
        ImmutableList<Value> all = Stream.of(
                        sorted.subList(0, beforeBos).stream(),
                        Stream.of(BOS_NAME),
                        sorted.subList(beforeBos, beforePad).stream(),
                        Stream.of(PAD_NAME),
                        sorted.subList(beforePad, sorted.size()).stream())
                .flatMap(s -> s)
                .collect(ImmutableList.toImmutableList());
        return new TokenEncoder(all, beforeBos, beforePad + 1);
    }

    /** The id of an input value: the token of the same kind and value, else one that is equal in RASP's sense. */
    public OptionalInt id(Value value) {
        OptionalInt exact = find(value, true);
        return exact.isPresent() ? exact : find(value, false);
    }

    /** The tokens a user may give, in id order. */
    public ImmutableList<Value> tokens() {
        return IntStream.range(0, vocabulary.size())
                .filter(id -> !isSpecial(id))
                .mapToObj(vocabulary::get)
                .collect(ImmutableList.toImmutableList());
    }

    public boolean isSpecial(int id) {
        return id == bos || id == pad;
    }

    private OptionalInt find(Value value, boolean sameKind) {
        return IntStream.range(0, vocabulary.size())
                .filter(id -> !isSpecial(id))
                .filter(id -> sameKind
                        ? vocabulary.get(id).equals(value)
                        : vocabulary.get(id).raspEquals(value))
                .findFirst();
    }
}
