package io.rasplens.compiler.readout;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.model.SopEncoding;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How an s-op can be written that has dimensions of its own: the inverse of a readout that reads each of them alone. */
final class FindEncodings {
    private FindEncodings() {}

    /** The encoding that the readout reads; empty if what it reads is not the s-op's alone, or several numbers in one. */
    static Optional<SopEncoding> of(SopReadout readout) {
        if (isAlwaysTheSame(readout)) {
            // It needs no direction: it can be set to what it is.
            ImmutableList<Value> values = readout.values();
            return Optional.of(new SopEncoding.Listed(
                    readout.point(), ImmutableIntArray.of(), values, WeightMatrix.zeros(values.size(), 0)));
        }
        return StreamView.of(readout) instanceof StreamView.OneHotView oneHot
                ? listed(readout, oneHot)
                : number(readout, ((StreamView.OneNumberView) StreamView.of(readout)).form());
    }

    private static boolean isAlwaysTheSame(SopReadout readout) {
        ImmutableList<Value> values = readout.values();
        if (values.size() <= 1) {
            return values.size() == 1;
        }
        // An int and the float that equals it are one number.
        return StreamView.of(readout) instanceof StreamView.OneNumberView number
                && number.form().weights().isEmpty()
                && values.stream()
                        .allMatch(value -> Values.isNumber(value)
                                && Values.asNumber(value) == number.form().constant());
    }

    private static Optional<SopEncoding> number(SopReadout readout, AffineForm form) {
        if (form.weights().size() != 1) {
            return Optional.empty();
        }
        Map.Entry<Integer, Double> term = form.weights().entrySet().iterator().next();
        WeightMatrix coefficients = WeightMatrix.builder(1, 2)
                .add(0, 0, -form.constant() / term.getValue())
                .add(0, 1, 1 / term.getValue())
                .build();
        return Optional.of(
                new SopEncoding.Polynomial(readout.point(), ImmutableIntArray.of(term.getKey()), coefficients));
    }

    private static Optional<SopEncoding> listed(SopReadout readout, StreamView.OneHotView oneHot) {
        var dimensions = new TreeSet<Integer>();
        oneHot.forms().values().forEach(form -> dimensions.addAll(form.weights().keySet()));
        List<Integer> order = new ArrayList<>(dimensions);
        ImmutableList<Value> values = oneHot.forms().keySet().asList();
        WeightMatrix.Builder coordinates = WeightMatrix.builder(values.size(), order.size());
        var single = new TreeSet<Integer>();
        for (int v = 0; v < values.size(); v++) {
            AffineForm form = oneHot.forms().values().asList().get(v);
            if (form.weights().size() != 1) {
                continue;
            }
            Map.Entry<Integer, Double> term =
                    form.weights().entrySet().iterator().next();
            if (!single.add(term.getKey())) {
                return Optional.empty();
            }
            int place = Collections.binarySearch(order, term.getKey());
            column(
                    coordinates,
                    values.size(),
                    v,
                    place,
                    (1 - form.constant()) / term.getValue(),
                    -form.constant() / term.getValue());
        }
        if (single.size() != order.size() || single.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new SopEncoding.Listed(readout.point(), ImmutableIntArray.copyOf(order), values, coordinates.build()));
    }

    /** Fills in the coordinate at a place: what it is for one of the values, and for all others. There may be tens of thousands, which mostly hold 0. */
    static void column(WeightMatrix.Builder coordinates, int values, int own, int place, double at, double elsewhere) {
        coordinates.add(own, place, at);
        for (int value = 0; elsewhere != 0 && value < values; value++) {
            coordinates.add(value, place, value == own ? 0 : elsewhere);
        }
    }

    /**
     * The readouts with only those encodings whose dimensions no other s-op is read from alone. What is kept has its dimensions before
     * others: they may be read from there, and not set.
     */
    static ImmutableList<SopReadout> exclusive(List<SopReadout> readouts) {
        ImmutableMultiset<Integer> kept = readouts.stream()
                .filter(SopReadout::kept)
                .flatMap(FindEncodings::dimensions)
                .collect(ImmutableMultiset.toImmutableMultiset());
        ImmutableMultiset<Integer> all =
                readouts.stream().flatMap(FindEncodings::dimensions).collect(ImmutableMultiset.toImmutableMultiset());
        return readouts.stream()
                .map(readout -> dimensions(readout)
                                .allMatch(dimension ->
                                        readout.kept() ? kept.count(dimension) == 1 : all.count(dimension) == 1)
                        ? readout
                        : readout.encoded(ImmutableList.of()))
                .collect(ImmutableList.toImmutableList());
    }

    private static Stream<Integer> dimensions(SopReadout readout) {
        return readout.encodings().stream()
                .flatMap(encoding -> encoding.dimensions().asList().stream())
                .distinct();
    }
}
