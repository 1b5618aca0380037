package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.RunAnswer;
import io.rasplens.runtime.answer.StoryJson;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ModelSummary;
import io.rasplens.runtime.cli.subject.Answer;
import io.rasplens.runtime.cli.subject.AnswerInputs;
import io.rasplens.runtime.cli.subject.InputOptions;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import io.rasplens.runtime.view.FoldLine;
import io.rasplens.runtime.view.story.Story;
import io.rasplens.runtime.view.story.StoryText;
import io.rasplens.runtime.view.story.TellStory;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rasp run FILE|MODEL}: compile, run the transformer, decode, compare with the interpreter. */
@Command(
        header = "Compile a program (or load a model), run the transformer on an input, decode its answer.",
        description = "Says whether the interpreter gives the same answer; exit code 1 if it does not.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp run examples/reverse.rasp",
            "  rasp run examples/hist.rasp --input abca",
            "  rasp run examples/reverse.rasp --explain",
            "  rasp run examples/reverse.rasp --input '[3, 1, 2]' -O0 --json",
            "  printf 'ab\\nabc\\n' | rasp run examples/hist.rasp --inputs -",
            "  rasp run model.safetensors --input abca"
        })
public final class RunVerb extends VerbCommand {
    /** Longer lines are hard to read, however wide the terminal is. */
    private static final int WIDEST = 100;

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(
            names = "--explain",
            description =
                    "Tell the run step by step: what each position holds, where each head looks and what it brings.")
    private boolean explain;

    @Override
    public int run(Console console) {
        Optional<ImmutableList<Value>> given = inputs.input();
        if (explain && inputs.inputs().isPresent()) {
            throw failure(Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "--explain takes one input, not --inputs")
                    .help("give --input"));
        }
        Subjects subjects = Subjects.open(console, subject);
        var answers = new AnswerInputs(console, json(), input -> {
            ReadyModel model = subjects.fitting(ImmutableList.of(input));
            return explain ? explained(console, model, input) : answer(model, input);
        });
        return inputs.inputs().isPresent() ? answers.lines(inputs.inputs().get()) : answers.one(subjects.input(given));
    }

    /** Lists that are wider go on below, behind the words in front of them. */
    private static String folded(String text, int width) {
        String behind = " ".repeat("input        ".length());
        return text.lines()
                .map(line -> FoldLine.fold(line, width, behind, ", "))
                .collect(Collectors.joining());
    }

    private static Answer explained(Console console, ReadyModel subject, ImmutableList<Value> input) {
        RaspProgram program = subject.program()
                .orElseThrow(() -> failure(Diagnostic.error(
                                CliCode.NO_PROGRAM, "the model comes without the program that it could be told by")
                        .help("'rasp cache' shows its activations")));
        RunAnswer run = RunAnswer.of(subject, input);
        var cache = subject.transformer().runWithCache(run.tokens()).cache();
        Story story = TellStory.of(subject.model(), program, input, cache, run.output());
        JsonObject json = run.json();
        json.add("story", StoryJson.of(story));
        return Answer.of(
                json,
                StoryText.write(story, Math.min(WIDEST, console.width())) + "\n"
                        + folded(text(run), Math.min(WIDEST, console.width())),
                AnswerText.values(run.output()),
                run.agrees());
    }

    private static DiagnosticException failure(Diagnostic diagnostic) {
        return new DiagnosticException(ImmutableList.of(diagnostic));
    }

    private static Answer answer(ReadyModel subject, ImmutableList<Value> input) {
        RunAnswer run = RunAnswer.of(subject, input);
        return new Answer(
                run::json, run::jsonOfRun, () -> text(run), () -> AnswerText.values(run.output()), run.agrees());
    }

    private static String text(RunAnswer run) {
        ReadyModel subject = run.subject();
        var out = new StringBuilder();
        out.append("input        ").append(AnswerText.values(run.input())).append('\n');
        out.append("output       ").append(AnswerText.values(run.output())).append('\n');
        if (run.difference().isEmpty()) {
            out.append("interpreter  the model has no program to compare with\n");
        } else if (run.difference().get().isEmpty()) {
            out.append("interpreter  agrees\n");
        } else {
            out.append("interpreter  DIFFERS from position ")
                    .append(run.difference().get().getAsInt())
                    .append(" on: ")
                    .append(AnswerText.values(run.expected().orElseThrow()))
                    .append('\n');
        }
        String title = subject.program().map(p -> p.name()).orElse("the model");
        String level = subject.level().map(l -> " (" + l.flag() + ")").orElse("");
        return out.append("\n")
                .append(title)
                .append(" as a transformer")
                .append(level)
                .append('\n')
                .append(new ModelSummary(subject.model()).table())
                .toString();
    }
}
