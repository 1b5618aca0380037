package io.rasplens.runtime.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code FILE|MODEL} and what goes with it. */
final class SubjectOptions {
    @Parameters(
            index = "0",
            paramLabel = "FILE|MODEL",
            description = "A .rasp program, or a compiled .safetensors model.")
    private String file = "";

    @Mixin
    private ProgramOptions program = new ProgramOptions();

    @Option(
            names = "--config",
            paramLabel = "JSON",
            description = "The model's HookedTransformerConfig (default: config.json beside it).")
    private @Nullable String config;

    @Option(
            names = "--codec",
            paramLabel = "JSON",
            description = "What its tokens and outputs mean (default: codec.json beside it).")
    private @Nullable String codec;

    String file() {
        return file;
    }

    ProgramOptions program() {
        return program;
    }

    Optional<Path> config() {
        return Optional.ofNullable(config).map(SourceReader::path);
    }

    Optional<Path> codec() {
        return Optional.ofNullable(codec).map(SourceReader::path);
    }
}
