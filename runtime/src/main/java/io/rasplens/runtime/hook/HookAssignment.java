package io.rasplens.runtime.hook;

/** A hook and the points it is for. */
public record HookAssignment(HookFilter filter, Hook hook) {
    public static HookAssignment of(HookName name, Hook hook) {
        return new HookAssignment(HookFilter.of(name), hook);
    }

    /** The same for a name or pattern, as for {@link HookFilter#parse}. */
    public static HookAssignment of(String pattern, Hook hook) {
        return new HookAssignment(HookFilter.parse(pattern), hook);
    }
}
