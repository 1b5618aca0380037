/**
 * A run told step by step: what each position holds, where each head looks and what it brings, what the MLPs make of it. A {@link
 * io.rasplens.runtime.view.story.Story} is data; {@link io.rasplens.runtime.view.story.StoryText} writes it for a terminal.
 *
 * <pre>{@code
 * Story story = TellStory.of(model, program, input, cache);
 * System.out.print(StoryText.write(story, 80));
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.view.story;

import org.jspecify.annotations.NullMarked;
