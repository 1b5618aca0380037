package io.rasplens.compiler.certify;

import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.space.Blocks;

/** Blocks that keep the promise of exactness, and how well they keep it. */
public record CertifiedBlocks(Blocks blocks, Certificate certificate) {}
