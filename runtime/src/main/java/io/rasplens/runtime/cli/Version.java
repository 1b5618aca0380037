package io.rasplens.runtime.cli;

/** Which release this is. */
final class Version {
    static final String NUMBER = number();

    private Version() {}

    private static String number() {
        String written = Version.class.getPackage().getImplementationVersion();
        return written == null ? "(unreleased)" : written;
    }
}
