package io.rasplens.runtime.view.attention;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The s-ops of a program that parts of its model serve. A model says of its parts where in the text the expression stands that they were
 * made for, and that decides; a name, which may be bound several times, only tells apart what one expression made.
 */
public final class ServedNodes {
    private final ImmutableList<SOp> sops;

    /** By where they stand and by what they are called: numbers of s-ops. */
    private final ImmutableListMultimap<SourceRange, Integer> placed;

    private final ImmutableListMultimap<String, Integer> named;

    private ServedNodes(
            ImmutableList<SOp> sops,
            ImmutableListMultimap<SourceRange, Integer> placed,
            ImmutableListMultimap<String, Integer> named) {
        this.sops = sops;
        this.placed = placed;
        this.named = named;
    }

    /**
     * The s-ops among some nodes, ready to be asked for.
     *
     * @param nodes of the program
     */
    public static ServedNodes in(RaspProgram program, List<ProgramNode> nodes) {
        var sops = ImmutableList.<SOp>builder();
        var placed = ImmutableListMultimap.<SourceRange, Integer>builder();
        var named = ImmutableListMultimap.<String, Integer>builder();
        int number = 0;
        for (ProgramNode node : nodes) {
            if (node instanceof SOp sop) {
                int own = number++;
                sops.add(sop);
                program.origin(sop).span().ifPresent(span -> placed.put(SourceRange.of(span), own));
                Optional<String> name = sop == program.output()
                        ? Optional.of(program.name())
                        : program.origin(sop).name();
                name.ifPresent(one -> named.put(one, own));
            }
        }
        return new ServedNodes(sops.build(), placed.build(), named.build());
    }

    /**
     * The s-ops that a part may serve, the likeliest first: made by its expression and called as it says, made by its expression, called
     * as it says.
     */
    public ImmutableList<SOp> of(Origin part) {
        Map<Integer, SOp> called = new TreeMap<>();
        for (String name : part.sops()) {
            named.get(name).forEach(number -> called.put(number, sops.get(number)));
        }
        List<Integer> here = part.source().map(placed::get).orElse(ImmutableList.of());
        Set<SOp> all = new LinkedHashSet<>();
        here.stream().filter(called::containsKey).map(sops::get).forEach(all::add);
        here.stream().map(sops::get).forEach(all::add);
        all.addAll(called.values());
        return ImmutableList.copyOf(all);
    }
}
