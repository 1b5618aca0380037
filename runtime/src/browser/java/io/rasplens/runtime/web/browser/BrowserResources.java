package io.rasplens.runtime.web.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.teavm.classlib.ResourceSupplier;
import org.teavm.classlib.ResourceSupplierContext;

/** The texts that the engine reads at run time: its library, the language reference, and what it knows of each diagnostic. */
@SuppressWarnings("deprecation")
public final class BrowserResources implements ResourceSupplier {
    private static final int CODES = 2_000;

    @Override
    public String[] supplyResources(ResourceSupplierContext context) {
        List<String> all = new ArrayList<>();
        all.add("io/rasplens/compiler/elaborate/library.rasp");
        all.add("io/rasplens/compiler/elaborate/library.ast");
        all.add("io/rasplens/grammar/guide/LANGUAGE.md");
        for (int code = 0; code < CODES; code++) {
            for (String kind : new String[] {"E", "W"}) {
                String name = "META-INF/rasplens/explain/" + kind + String.format(Locale.ROOT, "%04d", code) + ".md";
                if (context.getClassLoader().getResource(name) != null) {
                    all.add(name);
                }
            }
        }
        return all.toArray(new String[0]);
    }
}
