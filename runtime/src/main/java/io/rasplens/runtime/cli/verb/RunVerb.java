package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.RunAnswer;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ModelSummary;
import io.rasplens.runtime.cli.print.Text;
import io.rasplens.runtime.cli.subject.Answer;
import io.rasplens.runtime.cli.subject.AnswerInputs;
import io.rasplens.runtime.cli.subject.InputOptions;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rasp run FILE|MODEL}: compile, run the transformer, decode, compare with the interpreter. */
@Command(
        header = "Compile a program (or load a model), run the transformer on an input, decode its answer.",
        description = "Says whether the interpreter gives the same answer; exit code 1 if it does not.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp run examples/reverse.rasp",
            "  rasp run examples/hist.rasp --input abca",
            "  rasp run examples/reverse.rasp --input '[3, 1, 2]' -O0 --json",
            "  printf 'ab\\nabc\\n' | rasp run examples/hist.rasp --inputs -",
            "  rasp run model.safetensors --input abca"
        })
public final class RunVerb extends VerbCommand {
    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Override
    public int run(Console console) {
        Optional<ImmutableList<Value>> given = inputs.input();
        Subjects subjects = Subjects.open(console, subject);
        var answers =
                new AnswerInputs(console, json(), input -> answer(subjects.fitting(ImmutableList.of(input)), input));
        return inputs.inputs().isPresent() ? answers.lines(inputs.inputs().get()) : answers.one(subjects.input(given));
    }

    private static Answer answer(ReadyModel subject, ImmutableList<Value> input) {
        RunAnswer run = RunAnswer.of(subject, input);
        return new Answer(run.json(), text(run), Text.values(run.output()), run.agrees());
    }

    private static String text(RunAnswer run) {
        ReadyModel subject = run.subject();
        var out = new StringBuilder();
        out.append("input        ").append(Text.values(run.input())).append('\n');
        out.append("output       ").append(Text.values(run.output())).append('\n');
        if (run.difference().isEmpty()) {
            out.append("interpreter  the model has no program to compare with\n");
        } else if (run.difference().get().isEmpty()) {
            out.append("interpreter  agrees\n");
        } else {
            out.append("interpreter  DIFFERS from position ")
                    .append(run.difference().get().getAsInt())
                    .append(" on: ")
                    .append(Text.values(run.expected().orElseThrow()))
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
