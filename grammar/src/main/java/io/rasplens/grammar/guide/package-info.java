/**
 * The language reference, {@code grammar/LANGUAGE.md}, by topic. Anybody may depend on it; it depends on nothing.
 *
 * <pre>{@code
 * Optional<GuideSection> section = LanguageGuide.find("aggregate");
 * section.ifPresent(found -> print(found.text()));
 * }</pre>
 */
@NullMarked
package io.rasplens.grammar.guide;

import org.jspecify.annotations.NullMarked;
