package io.rasplens.compiler.model;

/**
 * In which form a feature stands in the residual stream. Where two of one name do, the later one's label says which it is:
 * {@code x (one-hot)=3} beside {@code x}, {@code x (number)} beside {@code x=3}; further ones are numbered, {@code x#2}.
 */
public enum FeatureForm {
    /** One direction, whose size is the number. */
    NUMBER(" (number)"),
    /** A direction for each value. */
    ONE_HOT(" (one-hot)");

    private final String words;

    FeatureForm(String words) {
        this.words = words;
    }

    /** The words behind the name. */
    public String words() {
        return words;
    }

    /** What a feature would be called if there were no others of its name. */
    public static String plainName(String feature) {
        int end = feature.length();
        while (end > 0 && feature.charAt(end - 1) >= '0' && feature.charAt(end - 1) <= '9') {
            end--;
        }
        boolean numbered = end < feature.length() && end > 0 && feature.charAt(end - 1) == '#';
        String name = numbered ? feature.substring(0, end - 1) : feature;
        for (FeatureForm form : values()) {
            if (name.endsWith(form.words)) {
                return name.substring(0, name.length() - form.words.length());
            }
        }
        return name;
    }
}
