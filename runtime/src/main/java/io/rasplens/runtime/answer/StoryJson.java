package io.rasplens.runtime.answer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.view.story.Story;

/** A run's story as JSON: a list of steps. */
public final class StoryJson {
    private StoryJson() {}

    /** Each step with its title, what it does, its sentences, the keys that each query selects, and the values after it. */
    public static JsonArray of(Story story) {
        return JsonOut.list(story.steps(), StoryJson::step);
    }

    private static JsonObject step(Story.StoryStep step) {
        var json = new JsonObject();
        json.addProperty("title", step.title());
        json.addProperty("what", step.what());
        json.add("sentences", JsonOut.list(step.sentences(), JsonPrimitive::new));
        step.attention().flatMap(panel -> panel.selected()).ifPresent(mask -> {
            var rows = new JsonArray();
            for (int query = 0; query < mask.size(); query++) {
                var row = new JsonArray();
                for (int key = 0; key < mask.size(); key++) {
                    row.add(mask.selects(query, key) ? 1 : 0);
                }
                rows.add(row);
            }
            json.add("selected", rows);
        });
        json.add("values", JsonOut.list(step.values(), row -> {
            var one = new JsonObject();
            one.addProperty("name", row.name());
            one.add("values", Json.values(row.values()));
            return one;
        }));
        return json;
    }
}
