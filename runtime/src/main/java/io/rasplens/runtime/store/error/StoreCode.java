package io.rasplens.runtime.store.error;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** What can be wrong with a model or activation file, on reading and on writing. */
public enum StoreCode implements DiagnosticCode {
    NOT_FOUND("E0901", "file not found"),
    NOT_READABLE("E0902", "file can't be read"),
    NOT_WRITABLE("E0903", "file can't be written"),
    NOT_SAFETENSORS("E0904", "not a safetensors file"),
    BAD_HEADER("E0905", "malformed safetensors header"),
    BAD_TENSOR("E0906", "impossible tensor description"),
    BAD_LAYOUT("E0907", "tensor data out of place"),
    MISSING_TENSOR("E0908", "missing tensor"),
    UNEXPECTED_TENSOR("E0909", "unexpected tensor"),
    WRONG_SHAPE("E0910", "tensor has the wrong shape"),
    BAD_WEIGHT("E0911", "weight that is not a finite number"),
    BAD_CONFIG("E0912", "malformed model config"),
    UNKNOWN_CONFIG_FIELD("E0913", "unknown config field"),
    UNSUPPORTED_CONFIG("E0914", "unsupported kind of model"),
    BAD_CODEC("E0915", "malformed codec"),
    NO_CONFIG("E0916", "model without a config"),
    BAD_METADATA("E0917", "malformed Rasplens metadata"),
    TOO_LARGE("E0918", "too large"),
    FOREIGN_FILE("E0919", "another program's file would be overwritten"),
    SET_ASIDE("W0920", "what a model file says of itself is set aside");

    private final CodeEntry entry;

    StoreCode(String id, String title) {
        this.entry = new CodeEntry(id, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }

    /** True where the trouble is the file system's and not the file's content. */
    public boolean isInputOutput() {
        return this == NOT_FOUND || this == NOT_READABLE || this == NOT_WRITABLE;
    }
}
