package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.analysis.patch.PatchSweep;
import io.rasplens.runtime.analysis.patch.Recovery;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.print.Text;
import io.rasplens.runtime.cli.subject.Inputs;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rasp patch FILE|MODEL}: a sweep of activation patching between two inputs. */
@Command(
        header = "Put activations of a clean run into a run on a corrupted input, one by one, and see what comes back.",
        description =
                "Each number is one run: 0 where the answer stays the corrupted input's, 1 where it is again the clean"
                        + " input's. By layer and position: resid_pre, resid_mid, resid_post, attn_out, mlp_out; by layer and head:"
                        + " q, k, v, z, pattern.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp patch examples/reverse.rasp --corrupted '[1, 2, 2]'",
            "  rasp patch examples/hist.rasp --input abca --corrupted abcb --position 3 --hooks attn_out,z",
            "  rasp patch model.safetensors --input abca --corrupted abcb --json"
        })
public final class PatchVerb extends VerbCommand {
    private static final ImmutableSet<HookKind> BY_POSITION = ImmutableSet.of(
            HookKind.RESID_PRE, HookKind.ATTN_OUT, HookKind.RESID_MID, HookKind.MLP_OUT, HookKind.RESID_POST);
    private static final ImmutableSet<HookKind> BY_HEAD =
            ImmutableSet.of(HookKind.Q, HookKind.K, HookKind.V, HookKind.Z, HookKind.PATTERN);

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Option(
            names = "--input",
            paramLabel = "TEXT",
            description =
                    "The clean input: abc is three tokens, '[1, 2, \"x\"]' a list of atoms (default: #@ example).")
    private @Nullable String input;

    @Option(
            names = "--corrupted",
            required = true,
            paramLabel = "TEXT",
            description = "The other input, of the same length, with another answer.")
    private String corrupted = "";

    @Option(
            names = "--position",
            paramLabel = "N",
            description = "Where to look at the answer, from 0 (default: the first place where the answers differ).")
    private @Nullable Integer position;

    @Option(
            names = "--hooks",
            paramLabel = "NAMES",
            split = ",",
            description = "What to put in place, separated by commas (default: resid_pre,attn_out,mlp_out).")
    private String[] hooks = {"resid_pre", "attn_out", "mlp_out"};

    @Override
    public int run(Console console) {
        ImmutableList<HookKind> kinds = kinds();
        Optional<ImmutableList<Value>> given =
                Optional.ofNullable(input).map(text -> Inputs.nonEmpty(Inputs.parse("--input", text)));
        ImmutableList<Value> other = Inputs.nonEmpty(Inputs.parse("--corrupted", corrupted));
        Subjects subjects = Subjects.open(console, subject);
        ImmutableList<Value> clean = subjects.input(given);
        if (clean.size() != other.size()) {
            throw failure(Diagnostic.error(
                            EngineCode.WRONG_SHAPE,
                            "the clean input has " + Text.counted(clean.size(), "token") + ", the corrupted one "
                                    + other.size())
                    .help("patching needs two inputs of the same length"));
        }
        ReadyModel model = subjects.forInputs(ImmutableList.of(clean, other));
        TokenBatch cleanTokens = model.transformer().encode(clean);
        TokenBatch otherTokens = model.transformer().encode(other);
        Recovery recovery = Recovery.between(model.transformer(), cleanTokens, otherTokens, position(clean.size()));
        var sweep = new PatchSweep(model.transformer(), cleanTokens, otherTokens, recovery);
        var report = new PatchReport(
                model,
                clean,
                other,
                recovery.position() - 1,
                kinds.stream()
                        .map(kind -> BY_HEAD.contains(kind) ? sweep.byHead(kind) : sweep.byPosition(kind))
                        .collect(ImmutableList.toImmutableList()));
        if (json()) {
            Report.json(console, report.json());
        } else {
            console.out().print(report.text());
        }
        return ExitCode.OK;
    }

    /** BOS counted. */
    private OptionalInt position(int length) {
        if (position == null) {
            return OptionalInt.empty();
        }
        if (position < 0 || position >= length) {
            throw failure(Diagnostic.error(
                            CliCode.BAD_VALUE, "--position must be from 0 to " + (length - 1) + ", got " + position)
                    .help("it is a place in the input, the first of which is 0"));
        }
        return OptionalInt.of(position + 1);
    }

    private ImmutableList<HookKind> kinds() {
        var known = ImmutableSet.<HookKind>builder()
                .addAll(BY_POSITION)
                .addAll(BY_HEAD)
                .build();
        var kinds = ImmutableList.<HookKind>builder();
        for (String name : hooks) {
            kinds.add(known.stream()
                    .filter(kind -> kind.shortName().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> unknown(name.strip(), known)));
        }
        return kinds.build();
    }

    private static DiagnosticException unknown(String name, ImmutableSet<HookKind> known) {
        ImmutableList<String> names = known.stream().map(HookKind::shortName).collect(ImmutableList.toImmutableList());
        return failure(Diagnostic.error(CliCode.BAD_VALUE, "--hooks can't patch '" + name + "'")
                .help(NearNames.question(name, names).orElse("there are " + String.join(", ", names))));
    }

    private static DiagnosticException failure(Diagnostic diagnostic) {
        return new DiagnosticException(ImmutableList.of(diagnostic));
    }
}
