package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.infer.SignedZero;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The one-hots of tokens, one for each way in which the program reads them, and of positions; embedded even if nothing reads them. */
final class DirectEmbedding {
    private final CompileTarget target;
    private final Map<TokenConversion, Feature> tokens = new EnumMap<>(TokenConversion.class);
    private final Feature indices;

    DirectEmbedding(CompileTarget target, List<ProgramNode> nodes, Features features) {
        this.target = target;
        Map<TokenConversion, Optional<SourceRange>> read = new EnumMap<>(TokenConversion.class);
        Optional<SourceRange> position = Optional.empty();
        for (ProgramNode node : nodes) {
            Optional<SourceRange> source = target.program().origin(node).span().map(SourceRange::of);
            if (node instanceof SOp.Tokens reading) {
                read.putIfAbsent(reading.conversion(), source);
            } else if (node instanceof SOp.Indices) {
                position = source;
            }
        }
        if (read.isEmpty()) {
            read.put(TokenConversion.ASIS, Optional.empty());
        }
        read.forEach((conversion, source) -> tokens.put(conversion, features.named(conversion.sopName(), source)));
        this.indices = features.named("indices", position);
    }

    ImmutableList<Feature> features() {
        return ImmutableList.<Feature>builder()
                .addAll(tokens.values())
                .add(indices)
                .build();
    }

    /** The one in whose company the original layout puts BOS and PAD. */
    Feature first() {
        return tokens.values().iterator().next();
    }

    /** The one-hot of an s-op that is embedded. */
    Feature feature(SOp sop) {
        return sop instanceof SOp.Tokens reading ? Objects.requireNonNull(tokens.get(reading.conversion())) : indices;
    }

    /** What each token writes: its value in every conversion that takes it. */
    ImmutableMap<Value, LinearForm> tokenForms() {
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (Value token : target.vocabulary()) {
            List<LinearForm> written = new ArrayList<>();
            tokens.forEach((conversion, feature) -> convert(conversion, token)
                    .ifPresent(value -> written.add(LinearForm.of(Direction.oneHot(feature, value)))));
            forms.put(token, LinearForm.sum(written));
        }
        return forms.buildOrThrow();
    }

    private static Optional<Value> convert(TokenConversion conversion, Value token) {
        return Attempt.of(() -> SignedZero.drop(Operators.convert(conversion, token)));
    }

    ImmutableList<LinearForm> positionForms() {
        ImmutableList.Builder<LinearForm> forms = ImmutableList.builder();
        for (int i = 0; i < target.maxLength(); i++) {
            forms.add(LinearForm.constant(1).plus(LinearForm.of(Direction.oneHot(indices, Value.of(i)))));
        }
        return forms.build();
    }
}
