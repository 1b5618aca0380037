package io.rasplens.runtime.cli.subject;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code FILE|MODEL} and what goes with it. */
public final class SubjectOptions {
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

    public String file() {
        return file;
    }

    public ProgramOptions program() {
        return program;
    }

    public Optional<Path> config() {
        return Optional.ofNullable(config).map(SourceReader::path);
    }

    public Optional<Path> codec() {
        return Optional.ofNullable(codec).map(SourceReader::path);
    }
}
