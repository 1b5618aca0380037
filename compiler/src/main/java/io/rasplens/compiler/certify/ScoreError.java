package io.rasplens.compiler.certify;

/**
 * How far scores can be off.
 *
 * @param total each
 * @param betweenSelected how far apart those of selected keys can be that should be equal, or off what they should be
 */
record ScoreError(double total, double betweenSelected) {}
