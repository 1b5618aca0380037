package io.rasplens.runtime.web.browser;

import org.teavm.extension.spi.substitution.SimpleSubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/** Puts {@link BrowserHost} and its like in the place of the Java virtual machine, and leaves out of Gson what reflects on classes. */
public final class BrowserSubstitution extends SimpleSubstitutionPolicy {
    @Override
    public void contribute(SubstitutionSink sink) {
        for (String name : new String[] {"Host", "ShortestDigits", "DoubleHalves"}) {
            sink.selectClasses(named("io.rasplens.grammar.platform." + name))
                    .replacePackage("io.rasplens.grammar.platform", "io.rasplens.runtime.web.browser")
                    .simpleNamePrefix("Browser");
        }
        sink.selectClasses(named("com.google.gson.internal.Streams"))
                .replacePackage("com.google.gson.internal", "io.rasplens.runtime.web.browser")
                .simpleNamePrefix("Browser");
    }
}
