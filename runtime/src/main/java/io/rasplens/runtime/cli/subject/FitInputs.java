package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a model takes an input, and if not, what to type instead: the engine knows no flags. */
final class FitInputs {
    private static final int LISTED = 40;
    private static final int LONGEST_TOKEN = 60;

    private final TokenEncoder encoder;
    private final int longest;
    private final String option;

    private FitInputs(TokenEncoder encoder, int longest, String option) {
        this.encoder = encoder;
        this.longest = longest;
        this.option = option;
    }

    /**
     * Refuses an input that is too long or holds a token that the model does not know. A model without a codec is left to the engine.
     *
     * @param option that the input is given by
     */
    static void check(CompiledModel model, ImmutableList<Value> input, String option) {
        if (model.encoder().isPresent()) {
            new FitInputs(model.encoder().get(), model.config().nCtx() - 1, option).check(input);
        }
    }

    private void check(ImmutableList<Value> input) {
        if (input.size() > longest) {
            Optional<ImmutableList<Value>> meant = asNumbers(input).filter(this::areKnown);
            String known = meant.map(values -> asTyped(values) + "; ").orElse("");
            throw refused(
                    EngineCode.INPUT_TOO_LONG,
                    "the input has " + input.size() + " tokens, but the model takes at most " + longest,
                    known + "compile for longer ones with --max-length " + input.size() + ", or write '#@ max_length "
                            + input.size() + "' into the file");
        }
        for (Value token : input) {
            if (encoder.id(token).isEmpty()) {
                throw refused(
                        EngineCode.UNKNOWN_TOKEN,
                        "the token " + shortened(token.repr()) + " is not in the model's vocabulary",
                        "the vocabulary is " + vocabulary() + "; " + wayOut(input));
            }
        }
    }

    private String wayOut(ImmutableList<Value> input) {
        String others = "for other tokens give --vocab, or write '#@ vocab' into the file";
        Optional<ImmutableList<Value>> meant = asNumbers(input);
        if (meant.isPresent()) {
            return areKnown(meant.get())
                    ? asTyped(meant.get())
                    : "the input is of characters, which are texts; numbers are written as a list: " + option + " '"
                            + list(encoder.tokens().stream().limit(3).toList()) + "'";
        }
        ImmutableList<Value> texts = input.stream()
                .<Value>map(v -> v instanceof StringValue ? v : Value.of(v.repr()))
                .collect(ImmutableList.toImmutableList());
        if (!texts.equals(input) && areKnown(texts)) {
            return "the model's tokens are texts: " + option + " '" + list(texts) + "'";
        }
        return others;
    }

    private String asTyped(List<Value> numbers) {
        return "the input is of characters, which are texts; as numbers it is " + option + " '" + list(numbers) + "'";
    }

    /** What a text may have meant where the vocabulary is of numbers: {@code 123}, {@code 1,2,3}, {@code 1 2 3} or {@code (1, 2)}. */
    private Optional<ImmutableList<Value>> asNumbers(ImmutableList<Value> input) {
        boolean numbers = encoder.tokens().stream().anyMatch(Value::isNumeric);
        boolean text = input.stream()
                .allMatch(v -> v instanceof StringValue s
                        && s.value().codePointCount(0, s.value().length()) == 1);
        if (!numbers || !text) {
            return Optional.empty();
        }
        String typed = input.stream().map(v -> ((StringValue) v).value()).collect(Collectors.joining());
        String[] parts = typed.matches("[0-9]+")
                ? typed.split("")
                : typed.strip().replaceAll("^[({]|[)}]$", "").strip().split("[,;\\s]+");
        ImmutableList.Builder<Value> meant = ImmutableList.builder();
        for (String part : parts) {
            if (!part.matches("-?[0-9]{1,9}")) {
                return Optional.of(ImmutableList.of(Value.of(typed)));
            }
            meant.add(IntValue.of(Long.parseLong(part)));
        }
        return Optional.of(meant.build());
    }

    private boolean areKnown(List<Value> input) {
        return input.size() <= longest
                && input.stream().allMatch(v -> encoder.id(v).isPresent());
    }

    private String vocabulary() {
        ImmutableList<Value> tokens = encoder.tokens();
        return tokens.stream().limit(LISTED).map(v -> shortened(v.repr())).collect(Collectors.joining(", "))
                + (tokens.size() > LISTED ? ", …" : "");
    }

    /** As RASP writes it, fit to stand between the quotes of a shell. */
    private static String list(List<Value> values) {
        return values.stream()
                .map(v -> v instanceof StringValue s ? '"' + s.value() + '"' : v.repr())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String shortened(String text) {
        int end = text.offsetByCodePoints(0, Math.min(LONGEST_TOKEN, text.codePointCount(0, text.length())));
        return end < text.length() ? text.substring(0, end) + "…" : text;
    }

    private static DiagnosticException refused(EngineCode code, String message, String help) {
        return new DiagnosticException(
                ImmutableList.of(Diagnostic.error(code, message).help(help)));
    }
}
