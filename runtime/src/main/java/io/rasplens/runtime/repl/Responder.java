package io.rasplens.runtime.repl;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.SafeText;
import io.rasplens.runtime.view.flow.FlowSvg;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Puts responses where they belong: results on one stream, diagnostics and remarks on the other, pictures into files. */
public final class Responder {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Function<Diagnostic, String> renderer;
    private final Path pictures;

    /**
     * Keeps the streams; it never closes them.
     *
     * @param renderer a diagnostic's text for people, line break included
     * @param pictures the folder that drawings are written to
     */
    public Responder(PrintWriter out, PrintWriter err, Function<Diagnostic, String> renderer, Path pictures) {
        this.out = out;
        this.err = err;
        this.renderer = renderer;
        this.pictures = pictures;
    }

    /** Shows the responses in order and flushes; returns whether the session goes on. */
    public boolean show(List<Response> responses) {
        boolean goesOn = true;
        for (Response response : responses) {
            goesOn &= show(response);
        }
        out.flush();
        err.flush();
        return goesOn;
    }

    private boolean show(Response response) {
        if (response instanceof Response.Output output) {
            out.print(SafeText.lines(output.text()));
        } else if (response instanceof Response.Note note) {
            out.flush();
            err.print(SafeText.lines(note.text()) + "\n");
            err.flush();
        } else if (response instanceof Response.Problem problem) {
            out.flush();
            err.print(renderer.apply(problem.diagnostic()));
            err.flush();
        } else if (response instanceof Response.Picture picture) {
            out.flush();
            err.print(save(picture) + "\n");
            err.flush();
        }
        return !(response instanceof Response.Leave);
    }

    /** A picture is written beside its place and moved there, so that a full disk leaves no half of one. */
    private String save(Response.Picture picture) {
        Path file = pictures.resolve(picture.name() + ".flow.svg");
        try {
            Path half = Files.createTempFile(file.toAbsolutePath().getParent(), ".flow", ".svg");
            try {
                Files.write(half, FlowSvg.draw(picture.flow()).getBytes(StandardCharsets.UTF_8));
                Files.move(half, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(half);
            }
            return "drawn: " + file;
        } catch (IOException e) {
            return "the drawing could not be written to " + file + ": " + e.getMessage();
        }
    }
}
