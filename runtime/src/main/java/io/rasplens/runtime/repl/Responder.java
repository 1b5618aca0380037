package io.rasplens.runtime.repl;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.SafeText;
import io.rasplens.runtime.view.flow.FlowSvg;
import io.rasplens.runtime.view.page.PageHtml;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
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
        } else if (response instanceof Response.Page page) {
            out.flush();
            err.print(save(page) + "\n");
            err.flush();
        }
        return !(response instanceof Response.Leave);
    }

    private String save(Response.Picture picture) {
        Path file = pictures.resolve(picture.name() + ".flow.svg");
        return save(file, FlowSvg.draw(picture.flow()), "drawn: " + file, "drawing");
    }

    private String save(Response.Page page) {
        Path file = pictures.resolve(page.name() + ".html");
        return PageHtml.of(Optional.of(page.program()))
                .map(html -> save(file, html, "wrote " + file, "page"))
                .orElse("this build of Rasplens has no page");
    }

    /** What is written stands beside its place first and is moved there, so that a full disk leaves no half of it. */
    private static String save(Path file, String text, String done, String what) {
        try {
            Path half = Files.createTempFile(file.toAbsolutePath().getParent(), ".half", "");
            try {
                Files.writeString(half, text);
                Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(half);
            }
            return done;
        } catch (IOException e) {
            return "the " + what + " could not be written to " + file + ": " + e.getMessage();
        }
    }
}
