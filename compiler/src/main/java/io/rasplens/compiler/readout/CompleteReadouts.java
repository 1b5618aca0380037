package io.rasplens.compiler.readout;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.SopName;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.NameBinding;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Gives a model's readouts the names of their bindings, and adds what follows from them. */
public final class CompleteReadouts {
    /** Of more nodes than this the readouts are named, and nothing more is looked for. */
    private static final int MOST_NODES = 20_000;

    private final CompiledModel model;
    private final RaspProgram program;

    private final CompileTarget target;

    private CompleteReadouts(CompiledModel model, CompileTarget target) {
        this.model = model;
        this.program = target.program();
        this.target = target;
    }

    /** The readouts of the model of a target, in the order of the program. */
    public static ImmutableList<SopReadout> complete(CompiledModel model, CompileTarget target) {
        return new CompleteReadouts(model, target).readouts();
    }

    private ImmutableList<SopReadout> readouts() {
        Map<String, SopReadout> known = new HashMap<>();
        for (SopReadout readout : model.readouts()) {
            known.putIfAbsent(readout.sop(), encoded(readout));
        }
        known.putIfAbsent(program.name(), output());
        ImmutableList<ProgramNode> nodes = program.nodes();
        var names = new Memo<SOp, Optional<String>>(program::nameOf);
        Map<SOp, StreamView> views = new LinkedHashMap<>();
        for (ProgramNode node : nodes) {
            if (node instanceof SOp base) {
                EmbeddingViews.of(base, model).ifPresent(view -> views.put(base, view));
                names.get(base)
                        .flatMap(name -> Optional.ofNullable(known.get(name)))
                        .ifPresent(readout -> views.put(base, StreamView.of(readout)));
            }
        }
        var derive = new DeriveViews(views);
        ImmutableList.Builder<SopReadout> all = ImmutableList.builder();
        for (ProgramNode node : nodes) {
            if (node instanceof SOp sop) {
                Optional<StreamView> view =
                        nodes.size() <= MOST_NODES ? derive.view(sop) : Optional.ofNullable(views.get(sop));
                names.get(sop)
                        .flatMap(name -> Optional.ofNullable(known.get(name))
                                .or(() -> view.map(seen ->
                                        seen.readout(name, model.config().dModel())))
                                .map(readout -> readout.named(name(sop, name)))
                                .map(readout -> isKept(sop, readout) ? readout.asKept() : readout))
                        .ifPresent(all::add);
            }
        }
        return FindEncodings.exclusive(all.build());
    }

    private boolean isKept(SOp sop, SopReadout readout) {
        return target.kept().contains(sop) && !readout.encodings().isEmpty();
    }

    private static SopReadout encoded(SopReadout readout) {
        return readout.encodings().isEmpty()
                ? FindEncodings.of(readout)
                        .map(encoding -> readout.encoded(ImmutableList.of(encoding)))
                        .orElse(readout)
                : readout;
    }

    private SopName name(SOp sop, String text) {
        Optional<NameBinding> binding = program.origin(sop).binding();
        return binding.map(bound -> new SopName(
                        sop == program.output() && !text.contains("@") ? text : bound.name(),
                        OptionalInt.of(bound.line()),
                        bound.last() || sop == program.output()))
                .orElseGet(() -> SopName.unplaced(text));
    }

    /** Every output can be read where it is unembedded. */
    private SopReadout output() {
        StreamPoint end = StreamPoint.end(model.config().nLayers());
        OutputDecoder decoder =
                model.decoder().orElseThrow(() -> new IllegalArgumentException("a compiled model answers in values"));
        return new SopReadout(
                program.name(),
                end.layer(),
                end.afterAttention(),
                model.weights().unembed(),
                model.weights().unembedBias(),
                decoder);
    }
}
