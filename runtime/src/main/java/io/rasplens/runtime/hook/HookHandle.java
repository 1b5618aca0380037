package io.rasplens.runtime.hook;

/** A hook that was added; closing it takes the hook away. Closing twice does nothing more. */
@FunctionalInterface
public interface HookHandle extends AutoCloseable {
    @Override
    void close();
}
