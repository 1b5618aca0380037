package io.rasplens.compiler.certify;

/**
 * Bounds for several linear forms read at once, such as all queries of a head: where directions are one-hot, few forms are
 * other than zero at a time, so bounds for the whole are much better than the sum of those of the parts.
 *
 * @param sum bound on the sum of magnitudes, Σ|f_t|
 * @param most bound on the greatest magnitude
 * @param error bound on the error of each form as it is read
 * @param totalError bound on the sum of all forms' errors
 * @param terms how many forms can be other than zero at once
 * @param exact whether each form is exactly 0 or exactly one and the same number: products of two such round alike at all positions
 */
record VectorBound(double sum, double most, double error, double totalError, int terms, boolean exact) {}
