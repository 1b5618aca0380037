package io.rasplens.runtime.store;

/** The strings under which a Rasplens model keeps what is not a tensor; each holds one JSON document. */
final class MetadataKeys {
    /** Present exactly in files of ours; the version of this scheme. */
    static final String VERSION = "rasplens";

    static final String CURRENT_VERSION = "1";
    static final String CONFIG = "config";
    static final String WIDTHS = "widths";
    static final String ENCODER = "encoder";
    static final String DECODER = "decoder";
    static final String LABELS = "labels";
    static final String READOUTS = "readouts";
    static final String PROVENANCE = "provenance";
    static final String PROGRAM = "program";
    static final String CERTIFICATE = "certificate";

    private MetadataKeys() {}
}
