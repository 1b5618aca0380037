package io.rasplens.runtime.tensor;

/** A tensor's numbers in brackets, one pair for each axis; of an axis longer than eight its first and last three. */
final class ShowTensor {
    private static final int LONG = 8;
    private static final int ENDS = 3;

    private final Tensor tensor;
    private final StringBuilder text = new StringBuilder();

    private ShowTensor(Tensor tensor) {
        this.tensor = tensor;
    }

    static String of(Tensor tensor) {
        var show = new ShowTensor(tensor);
        show.add(0, 0);
        return show.text.toString();
    }

    /**
     * @param entry the place among all entries of the axes before {@code axis}
     */
    private void add(int axis, int entry) {
        if (axis == tensor.rank()) {
            text.append(number(tensor.at(entry)));
            return;
        }
        int size = tensor.size(axis);
        text.append('[');
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ");
            if (size > LONG && i == ENDS) {
                text.append("…, ");
                i = size - ENDS;
            }
            add(axis + 1, entry * size + i);
        }
        text.append(']');
    }

    /** Whole numbers without a point. */
    private static String number(double value) {
        String written = Double.toString(value);
        return written.endsWith(".0") ? written.substring(0, written.length() - 2) : written;
    }
}
