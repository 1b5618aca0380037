package io.rasplens.compiler.readout;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Streams;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.FeatureForm;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.model.part.SopFunction;
import io.rasplens.compiler.model.part.SopPart;
import io.rasplens.compiler.program.NameBinding;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.source.Span;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Says of each s-op where it is bound, where it stands in the model, or into what it was folded. */
public final class DescribeSops {
    private final CompiledModel model;
    private final RaspProgram program;
    private final ImmutableMap<String, SopReadout> readouts;
    private final ImmutableMap<String, FoldedSops.Folded> folded;

    private final ImmutableListMultimap<String, Integer> dimensions;
    private final Anatomy anatomy;

    private DescribeSops(CompiledModel model, Anatomy anatomy, RaspProgram program) {
        this.model = model;
        this.anatomy = anatomy;
        this.dimensions = dimensions(anatomy);
        this.program = program;
        this.readouts = Maps.uniqueIndex(model.readouts(), SopReadout::sop);
        this.folded = Maps.uniqueIndex(FoldedSops.of(model, program), FoldedSops.Folded::name);
    }

    /** The model, whose readouts are complete, with its s-ops described. */
    public static CompiledModel described(CompiledModel model, RaspProgram program) {
        return model.provenance()
                .anatomy()
                .map(anatomy -> {
                    ImmutableList<SopPart> sops = new DescribeSops(model, anatomy, program).sops();
                    return model.with(model.provenance().with(anatomy.withSops(sops)));
                })
                .orElse(model);
    }

    private ImmutableList<SopPart> sops() {
        Map<String, SopPart> sops = new LinkedHashMap<>();
        program.nodes().stream()
                .filter(SOp.class::isInstance)
                .forEach(node ->
                        program.nameOf(node).ifPresent(name -> sops.putIfAbsent(name, named(name, (SOp) node))));
        Map<String, SourceRange> sources = sources();
        references()
                .filter(name -> !sops.containsKey(name))
                .forEach(name -> Optional.ofNullable(sources.get(name))
                        .ifPresent(source -> sops.putIfAbsent(name, unnamed(name, source))));
        return ImmutableList.copyOf(sops.values());
    }

    /** What the parts say they read or write. */
    private Stream<String> references() {
        return Streams.concat(
                        anatomy.directions().stream().flatMap(holds -> holds.sop().stream()),
                        anatomy.heads().stream()
                                .flatMap(layer -> layer.stream())
                                .flatMap(head -> Streams.concat(
                                        head.query().stream(), head.key().stream(), head.value().stream())),
                        anatomy.units().stream()
                                .flatMap(layer -> layer.stream())
                                .flatMap(unit -> unit.computes().stream().map(SopFunction::sop)))
                .distinct();
    }

    /** Of what has no name: the expression that a part came from which is for it, by what the parts call it. */
    private Map<String, SourceRange> sources() {
        Provenance provenance = model.provenance();
        var sources = new HashMap<String, SourceRange>();
        Streams.concat(
                        provenance.heads().stream().flatMap(layer -> layer.stream()),
                        provenance.neurons().stream().flatMap(layer -> layer.stream()),
                        provenance.dimensions().stream())
                // Of a part that serves several, the expression is the first one's.
                .forEach(origin -> origin.source()
                        .ifPresent(source -> sources.putIfAbsent(
                                FeatureForm.plainName(origin.sops().get(0)), source)));
        return sources;
    }

    /** The dimensions that tell of an s-op and of nothing else, by its name. */
    private static ImmutableListMultimap<String, Integer> dimensions(Anatomy anatomy) {
        ImmutableListMultimap.Builder<String, Integer> dimensions = ImmutableListMultimap.builder();
        for (int d = 0; d < anatomy.directions().size(); d++) {
            Holds holds = anatomy.directions().get(d);
            if (!(holds instanceof Holds.Helper)) {
                int dimension = d;
                holds.sop().ifPresent(name -> dimensions.put(name, dimension));
            }
        }
        return dimensions.build();
    }

    private SopPart named(String name, SOp sop) {
        Optional<Span> text = program.origin(sop).span();
        Optional<SopPart.BoundAt> place = program.origin(sop)
                .binding()
                .map(NameBinding::place)
                .or(() -> text)
                .map(bound -> new SopPart.BoundAt(
                        bound.source().name(), bound.line(), text.orElse(bound).text()));
        ImmutableList<Integer> standing = dimensions.get(name);
        Optional<SopReadout> readout = Optional.ofNullable(readouts.get(name));
        FoldedSops.Folded into = folded.get(name);
        return new SopPart(
                name,
                place,
                !standing.isEmpty()
                        ? SopPart.Presence.STANDS
                        : readout.isPresent() ? SopPart.Presence.WHERE_READ : SopPart.Presence.FOLDED,
                readout.map(read -> new SopPart.ReadableFrom(read.layer(), read.afterAttention())),
                standing,
                into == null ? ImmutableList.of() : into.into());
    }

    private SopPart unnamed(String name, SourceRange source) {
        ImmutableList<Integer> standing = dimensions.get(name);
        return new SopPart(
                name,
                Optional.of(new SopPart.BoundAt(source.file(), source.line(), source.text())),
                standing.isEmpty() ? SopPart.Presence.WHERE_READ : SopPart.Presence.STANDS,
                Optional.empty(),
                standing,
                ImmutableList.of());
    }
}
