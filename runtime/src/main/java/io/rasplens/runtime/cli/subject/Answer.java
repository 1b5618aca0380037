package io.rasplens.runtime.cli.subject;

import com.google.gson.JsonObject;

/**
 * What a verb has to say about one input.
 *
 * @param text for people, several lines
 * @param line for people, one line of many
 * @param ok false when a check failed
 */
public record Answer(JsonObject json, String text, String line, boolean ok) {}
