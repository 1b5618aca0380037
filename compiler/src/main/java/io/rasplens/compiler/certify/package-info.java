/**
 * How far a transformer's numbers can be from what they stand for: a bound on the noise of every direction, followed from the
 * embedding through all blocks. It sees {@code compiler.circuit}, {@code compiler.model} and
 * {@code compiler.stack}.
 *
 * <pre>{@code
 * Certification exact = CertifyCircuit.certify(blocks, Roundoff.FLOAT64);
 * exact.weakness().ifPresent(w -> refuse(w.origin(), w.reason()));
 * Certificate certificate = Certification.certificate(exact, CertifyCircuit.certify(blocks, Roundoff.FLOAT32));
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.certify;

import org.jspecify.annotations.NullMarked;
