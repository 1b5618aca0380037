package io.rasplens.compiler.assemble;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.SelectedBy;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.BosPart;
import io.rasplens.compiler.model.part.HeadKeys;
import io.rasplens.compiler.model.part.HeadPart;
import io.rasplens.compiler.model.part.HeadWork;
import io.rasplens.compiler.model.part.SopFunction;
import io.rasplens.compiler.model.part.StreamForm;
import io.rasplens.compiler.model.part.UnitPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Says what the parts of a circuit are, over the dimensions that its directions got. */
final class DescribeParts {
    private static final Set<Direction> NO_SOPS = Set.of(Direction.BOS, Direction.ONE);

    /** Of a longer staircase the weights alone tell the steps. */
    private static final int MOST_STEPS = 4096;

    private final Circuit circuit;
    private final Coordinates coordinates;
    private final DescribeDimensions dimensions;

    private DescribeParts(Circuit circuit, Coordinates coordinates) {
        this.circuit = circuit;
        this.coordinates = coordinates;
        this.dimensions = new DescribeDimensions(circuit, coordinates);
    }

    /** The parts, without s-ops; nothing where some head does not say what it selects. */
    static Optional<Anatomy> of(Circuit circuit, Coordinates coordinates) {
        boolean known = circuit.blocks().stream()
                .flatMap(block -> block.heads().stream())
                .allMatch(head -> head.origin().selection().isPresent());
        return known ? Optional.of(new DescribeParts(circuit, coordinates).anatomy()) : Optional.empty();
    }

    private Anatomy anatomy() {
        return new Anatomy(
                circuit.blocks().stream()
                        .map(block -> block.heads().stream().map(this::head).collect(ImmutableList.toImmutableList()))
                        .collect(ImmutableList.toImmutableList()),
                circuit.blocks().stream().map(this::units).collect(ImmutableList.toImmutableList()),
                dimensions.all(),
                ImmutableList.of());
    }

    private HeadPart head(Head head) {
        SelectedBy selection = head.origin().selection().orElseThrow();
        List<ScoreTerm> ofKeys = head.terms().stream()
                .filter(term -> !term.key().terms().keySet().equals(Set.of(Direction.BOS)))
                .toList();
        return new HeadPart(
                work(head.kind()),
                keys(head.kind(), selection),
                sops(head.terms().stream().map(ScoreTerm::query)),
                sops(ofKeys.stream().map(ScoreTerm::key)),
                sops(head.values().stream().map(ValueTerm::value)),
                selection.where(),
                selection.in(head.kind()),
                bos(head.kind(), selection),
                writes(head));
    }

    private static HeadWork work(HeadKind kind) {
        if (kind instanceof HeadKind.Mean mean) {
            return mean.selected() == HeadKind.Keys.ANY ? HeadWork.MEAN : HeadWork.COPY;
        }
        if (kind instanceof HeadKind.Count) {
            return HeadWork.COUNT;
        }
        return kind instanceof HeadKind.Sum ? HeadWork.SUM : HeadWork.PART_OF_MEAN;
    }

    private static HeadKeys keys(HeadKind kind, SelectedBy selection) {
        if (selection.last()) {
            return HeadKeys.LAST;
        }
        if (kind instanceof HeadKind.Mean mean && mean.selected() == HeadKind.Keys.ONE) {
            return HeadKeys.ONE;
        }
        if (selection.where().isEverywhere()) {
            return HeadKeys.ALL;
        }
        return kind instanceof HeadKind.Mean mean && mean.selected() == HeadKind.Keys.EQUAL
                ? HeadKeys.ALIKE
                : HeadKeys.SEVERAL;
    }

    private static BosPart bos(HeadKind kind, SelectedBy selection) {
        if (kind instanceof HeadKind.Count count) {
            return new BosPart(BosPart.Role.COUNTER, OptionalDouble.of(count.bosWeight()));
        }
        if (kind instanceof HeadKind.Sum sum) {
            return new BosPart(BosPart.Role.SUM, OptionalDouble.of(StrictMath.exp(sum.lambda())));
        }
        if (kind instanceof HeadKind.Part) {
            return new BosPart(BosPart.Role.OTHER_HEADS, OptionalDouble.empty());
        }
        return new BosPart(
                selection.canBeEmpty() ? BosPart.Role.DEFAULT : BosPart.Role.NEVER_SEEN, OptionalDouble.of(0));
    }

    private ImmutableList<HeadPart.Written> writes(Head head) {
        Map<Integer, List<LinearForm>> of = new TreeMap<>();
        Map<Integer, Double> offsets = new TreeMap<>();
        double factor = head.kind() instanceof HeadKind.Sum sum ? StrictMath.exp(sum.lambda()) : 1;
        for (ValueTerm term : head.values()) {
            term.output().terms().forEach((direction, c) -> {
                int dimension = dimensions.number(direction);
                of.computeIfAbsent(dimension, d -> new ArrayList<>())
                        .add(term.value().times(c * factor));
                offsets.merge(dimension, c * coordinates.writtenBeside(term.value()), Double::sum);
            });
        }
        ImmutableList.Builder<HeadPart.Written> writes = ImmutableList.builder();
        of.forEach((dimension, forms) -> writes.add(new HeadPart.Written(
                dimension, dimensions.form(LinearForm.sum(forms)), offsets.getOrDefault(dimension, 0.0))));
        return writes.build();
    }

    private ImmutableList<UnitPart> units(Block block) {
        ImmutableList.Builder<UnitPart> parts = ImmutableList.builder();
        int first = 0;
        for (UnitGroup group : block.groups()) {
            if (!group.units().isEmpty()) {
                parts.add(units(group, first));
                first += group.units().size();
            }
        }
        return parts.build();
    }

    private UnitPart units(UnitGroup group, int first) {
        var written = new TreeSet<Integer>();
        group.units().forEach(unit -> unit.output().terms().keySet().forEach(d -> written.add(dimensions.number(d))));
        ImmutableList<SopFunction> computes = sops(group.units().stream().map(u -> u.output())).stream()
                .map(this::function)
                .collect(ImmutableList.toImmutableList());
        return new UnitPart(
                first,
                group.units().size(),
                computes,
                sops(group.units().stream().map(u -> u.input())),
                shape(group.construction()),
                input(group.construction()).map(dimensions::form),
                steps(group.construction()),
                ImmutableList.copyOf(written));
    }

    private SopFunction function(String sop) {
        SopFunction function = circuit.glossary().functions().get(sop);
        return function == null ? new SopFunction(sop, ImmutableList.of(), Optional.empty(), sop) : function;
    }

    private static UnitPart.Pattern shape(Construction construction) {
        if (construction instanceof Construction.Staircase) {
            return UnitPart.Pattern.STEPS;
        }
        if (construction instanceof Construction.Polyline) {
            return UnitPart.Pattern.BENDS;
        }
        if (construction instanceof Construction.Cases) {
            return UnitPart.Pattern.CASES;
        }
        return construction instanceof Construction.BothSigns ? UnitPart.Pattern.BOTH_SIGNS : UnitPart.Pattern.GATE;
    }

    private static Optional<LinearForm> input(Construction construction) {
        if (construction instanceof Construction.Staircase staircase) {
            return Optional.of(staircase.input());
        }
        if (construction instanceof Construction.Polyline polyline) {
            return Optional.of(polyline.input());
        }
        return construction instanceof Construction.BothSigns both ? Optional.of(both.input()) : Optional.empty();
    }

    private ImmutableList<UnitPart.Piece> steps(Construction construction) {
        List<UnitPart.Piece> steps = new ArrayList<>();
        if (construction instanceof Construction.Staircase staircase
                && staircase.steps().size() <= MOST_STEPS) {
            staircase.steps().stream()
                    .sorted(Comparator.comparingDouble(Construction.Step::left))
                    .forEach(step -> steps.add(step(step.left(), step.right(), dimensions.form(step.change()))));
        } else if (construction instanceof Construction.Polyline line
                && line.xs().length() <= MOST_STEPS) {
            for (int k = 1; k < line.xs().length(); k++) {
                double change = line.ys().get(k) - line.ys().get(k - 1);
                steps.add(step(
                        line.xs().get(k - 1),
                        line.xs().get(k),
                        dimensions.form(line.output().times(change))));
            }
        }
        return ImmutableList.copyOf(steps);
    }

    private static UnitPart.Piece step(double from, double to, StreamForm adds) {
        return new UnitPart.Piece(from, to, adds);
    }

    /** The s-ops that forms tell of, in the stream's order. */
    private ImmutableList<String> sops(Stream<LinearForm> forms) {
        return forms.flatMap(form -> form.terms().keySet().stream())
                .filter(direction -> !NO_SOPS.contains(direction))
                .map(dimensions::sop)
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }
}
