package io.rasplens.compiler.random;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/**
 * A program: named expressions, the last of which is the output, and the inputs it is for.
 *
 * @param vocabulary atoms as RASP writes them
 */
public record RandomProgram(
        ImmutableList<NamedTerm> bindings, ImmutableList<String> vocabulary, int maxLength, boolean causal) {

    /** {@code name = term;} */
    record NamedTerm(String name, Term term) {}

    /** The program as a RASP file. */
    public String source() {
        var out = new StringBuilder();
        out.append("#@ vocab [").append(String.join(", ", vocabulary)).append("]\n");
        out.append("#@ max_length ").append(maxLength).append('\n');
        if (causal) {
            out.append("#@ causal\n");
        }
        out.append("#@ output ")
                .append(bindings.get(bindings.size() - 1).name())
                .append('\n');
        for (NamedTerm binding : bindings) {
            out.append(binding.name())
                    .append(" = ")
                    .append(binding.term().text())
                    .append(";\n");
        }
        return out.toString();
    }

    /** Programs one step smaller, the boldest steps first. */
    List<RandomProgram> smaller() {
        var tries = new ArrayList<RandomProgram>();
        for (int last = 0; last < bindings.size() - 1; last++) {
            if (!bindings.get(last).term().kind().isSelector()) {
                tries.add(with(bindings.subList(0, last + 1)));
            }
        }
        for (int b = bindings.size() - 2; b >= 0; b--) {
            String name = bindings.get(b).name();
            if (bindings.stream().noneMatch(o -> uses(o.term(), name))) {
                var kept = new ArrayList<>(bindings);
                kept.remove(b);
                tries.add(with(kept));
            }
        }
        for (int b = bindings.size() - 1; b >= 0; b--) {
            for (Term smaller : bindings.get(b).term().smaller()) {
                var changed = new ArrayList<>(bindings);
                changed.set(b, new NamedTerm(bindings.get(b).name(), smaller));
                tries.add(with(changed));
            }
        }
        if (causal) {
            tries.add(new RandomProgram(bindings, vocabulary, maxLength, false));
        }
        if (maxLength > 1) {
            tries.add(new RandomProgram(bindings, vocabulary, maxLength - 1, causal));
        }
        if (vocabulary.size() > 1) {
            tries.add(new RandomProgram(bindings, vocabulary.subList(0, vocabulary.size() - 1), maxLength, causal));
        }
        return tries;
    }

    private static boolean uses(Term term, String name) {
        return term.shape().equals(name) || term.children().stream().anyMatch(c -> uses(c, name));
    }

    private RandomProgram with(List<NamedTerm> changed) {
        return new RandomProgram(ImmutableList.copyOf(changed), vocabulary, maxLength, causal);
    }
}
