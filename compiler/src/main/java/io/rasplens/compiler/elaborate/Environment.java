package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names and what they stand for, in front of an enclosing environment. Mutable: a function sees what its environment holds when
 * it is called.
 */
public final class Environment {
    private static final String OUT = "out";

    private final String name;
    private final Optional<Environment> parent;
    private final Optional<Environment> exportTo;
    private final boolean topLevel;
    private final Map<String, Meaning> variables = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private boolean incomplete;

    private Environment(String name, Optional<Environment> parent, Optional<Environment> exportTo, boolean topLevel) {
        this.name = name;
        this.parent = parent;
        this.exportTo = exportTo;
        this.topLevel = topLevel;
    }

    static Environment root() {
        return new Environment("library", Optional.empty(), Optional.empty(), false);
    }

    /** A program's or a file's own names on top of the library; public names go on to {@code exportTo}. */
    static Environment ofFile(String name, Environment library, Optional<Environment> exportTo) {
        return new Environment(name, Optional.of(library), exportTo, true);
    }

    /** For a call or a comprehension. */
    Environment nested() {
        return new Environment(name + "'", Optional.of(this), Optional.empty(), false);
    }

    /** {@code console}, or a load path, with a mark for each nesting. */
    public String name() {
        return name;
    }

    /** Whether library names are protected here. */
    boolean isTopLevel() {
        return topLevel;
    }

    Optional<Meaning> find(String wanted) {
        boolean lacksNames = false;
        for (Optional<Environment> at = Optional.of(this); at.isPresent(); at = at.get().parent) {
            Meaning found = at.get().variables.get(wanted);
            if (found != null) {
                return Optional.of(found);
            }
            if (at.get().broken.contains(wanted)) {
                throw Rejection.silent();
            }
            lacksNames |= at.get().incomplete;
        }
        if (lacksNames) {
            throw Rejection.silent();
        }
        return Optional.empty();
    }

    void bind(String wanted, Meaning meaning) {
        variables.put(wanted, meaning);
        broken.remove(wanted);
        if (!wanted.startsWith("_") && !wanted.equals(OUT)) {
            exportTo.ifPresent(to -> to.bind(wanted, meaning));
        }
    }

    /** Marks a name whose statement failed, so that its uses are not reported as well. */
    void breakName(String wanted) {
        if (!variables.containsKey(wanted)) {
            broken.add(wanted);
        }
        if (!wanted.startsWith("_")) {
            // Not to a session: what is typed there next is asked in its own right.
            exportTo.filter(to -> to.exportTo.isPresent()).ifPresent(to -> to.breakName(wanted));
        }
    }

    /** A file could not be loaded: names that are not here may be its own, so that they are not reported as well. */
    void lackNames() {
        incomplete = true;
    }

    void setOut(Meaning meaning) {
        variables.put(OUT, meaning);
    }

    /** The environment that a file's public names go to. */
    Optional<Environment> exportTo() {
        return exportTo;
    }

    /** What this environment itself binds, in the order of first binding, {@code out} included. */
    public Map<String, Meaning> variables() {
        return Collections.unmodifiableMap(variables);
    }

    /** Every name that can be used here, the nearest first. */
    public ImmutableSet<String> visibleNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Optional<Environment> at = Optional.of(this); at.isPresent(); at = at.get().parent) {
            names.addAll(at.get().variables.keySet());
        }
        return ImmutableSet.copyOf(names);
    }

    /** Those, and the names that the language itself has: all that a mistyped name may have meant. */
    public ImmutableSet<String> knownNames() {
        return Stream.concat(visibleNames().stream(), BuiltInDoc.ALL.stream().map(BuiltInDoc::name))
                .collect(ImmutableSet.toImmutableSet());
    }

    @Override
    public String toString() {
        return "environment " + name;
    }
}
