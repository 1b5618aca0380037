package io.rasplens.runtime.view.heat;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What stands beside a row or over a column. Neighbours of one group are drawn together.
 *
 * @param group the s-op that the direction belongs to; empty where there is none
 * @param item the value within the group; empty for a direction that carries a number
 */
public record AxisLabel(String group, String item) {

    /** Labels without groups. */
    public static ImmutableList<AxisLabel> plain(String... items) {
        return Stream.of(items).map(item -> new AxisLabel("", item)).collect(ImmutableList.toImmutableList());
    }

    /** The numbers from 0 on. */
    public static ImmutableList<AxisLabel> numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new AxisLabel("", Integer.toString(i)))
                .collect(ImmutableList.toImmutableList());
    }

    /** {@code reverse=3}, {@code hist} or {@code 7}. */
    public String text() {
        return group.isEmpty() ? item : item.isEmpty() ? group : group + "=" + item;
    }
}
