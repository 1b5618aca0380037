package io.rasplens.compiler.lower.offer;

import java.util.Optional;

/**
 * One construction: what it offers for a subject. An offer writes nothing before it is taken.
 *
 * @param <S> what is to be made readable
 * @param <R> how it is read
 */
@FunctionalInterface
public interface Rule<S, R> {

    /** Nothing where the construction does not fit. */
    Optional<Offer<R>> offer(S subject);
}
