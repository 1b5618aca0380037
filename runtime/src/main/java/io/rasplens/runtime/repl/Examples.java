package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Statement.ExampleKind;

/**
 * The settings that the REPL's own commands change.
 *
 * @param sop what s-ops are tried and shown on
 * @param selector what selectors are tried and shown on
 * @param fullDisplay whether sequences are shown as rows of input and output
 */
record Examples(ExampleInput sop, ExampleInput selector, boolean showSop, boolean showSelector, boolean fullDisplay) {
    static final Examples START =
            new Examples(ExampleInput.ofText("hello"), ExampleInput.ofText("hello"), true, true, false);

    Examples with(ExampleKind kind, ExampleInput input) {
        return new Examples(
                kind == ExampleKind.SELECTOR ? sop : input,
                kind == ExampleKind.SOP ? selector : input,
                showSop,
                showSelector,
                fullDisplay);
    }

    Examples shown(ExampleKind kind, boolean on) {
        return new Examples(
                sop,
                selector,
                kind == ExampleKind.SELECTOR ? showSop : on,
                kind == ExampleKind.SOP ? showSelector : on,
                fullDisplay);
    }

    /** The same examples, shown or not as in {@code other}: what a load leaves behind. */
    Examples shownAs(Examples other) {
        return new Examples(sop, selector, other.showSop, other.showSelector, fullDisplay);
    }

    Examples fullDisplay(boolean on) {
        return new Examples(sop, selector, showSop, showSelector, on);
    }

    /** What {@code show example} prints. */
    ImmutableList<Response> show(ExampleKind kind) {
        var lines = ImmutableList.<Response>builder();
        if (kind != ExampleKind.SELECTOR) {
            lines.add(new Response.Output(PrintedForms.example("s-op", sop)));
        }
        if (kind != ExampleKind.SOP) {
            lines.add(new Response.Output(PrintedForms.example("selector", selector)));
        }
        return lines.build();
    }
}
