package io.rasplens.runtime.cli.print;

import com.google.gson.JsonObject;
import io.rasplens.runtime.view.svg.XmlText;
import java.util.Locale;

/** What {@code rasp test} found, as the XML that JUnit made usual: a suite for each file, a case for each test. */
public final class JUnitReport {
    private static final int REPLACEMENT = 0xFFFD;

    private final StringBuilder out = new StringBuilder();

    private JUnitReport() {}

    public static String xml(TestReport report) {
        var xml = new JUnitReport();
        xml.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        report.files().forEach(xml::suite);
        return xml.out.append("</testsuites>\n").toString();
    }

    private void suite(JsonObject file) {
        boolean untested = file.has("error");
        out.append("  <testsuite");
        attribute("name", TestReport.string(file, "file"));
        attribute("tests", String.valueOf(untested ? 1 : TestReport.tests(file).size()));
        attribute("failures", file.get("failed").getAsString());
        attribute("errors", untested ? "1" : "0");
        attribute("time", seconds(file));
        out.append(">\n");
        if (untested) {
            JsonObject error = file.getAsJsonObject("error");
            open(file, "can be tested");
            problem("error", TestReport.string(error, "code"), TestReport.string(error, "message"), place(error));
        }
        for (JsonObject test : TestReport.tests(file)) {
            open(file, "line " + test.get("line").getAsString());
            if (test.get("pass").getAsBoolean()) {
                out.append("    </testcase>\n");
            } else {
                String about = test.get("about").isJsonNull() ? "wrong answer" : TestReport.string(test, "about");
                problem("failure", "wrong", about, TestReport.string(test, "message"));
            }
        }
        out.append("  </testsuite>\n");
    }

    private void open(JsonObject file, String name) {
        out.append("    <testcase");
        attribute("classname", TestReport.string(file, "file"));
        attribute("name", name);
        out.append(">\n");
    }

    private void problem(String element, String type, String message, String text) {
        out.append("      <").append(element);
        attribute("type", type);
        attribute("message", message);
        out.append('>').append(escape(text)).append("</").append(element).append(">\n    </testcase>\n");
    }

    private void attribute(String name, String value) {
        out.append(' ')
                .append(name)
                .append("=\"")
                .append(escape(value.replace('\n', ' ')))
                .append('"');
    }

    private static String place(JsonObject error) {
        return error.get("line").isJsonNull()
                ? ""
                : "line " + error.get("line").getAsString() + ", column "
                        + error.get("column").getAsString();
    }

    private static String seconds(JsonObject file) {
        double ms = file.has("time_ms") ? file.get("time_ms").getAsDouble() : 0;
        return String.format(Locale.ROOT, "%.3f", ms / 1000);
    }

    private static String escape(String text) {
        return XmlText.escape(text, point -> true, REPLACEMENT);
    }
}
