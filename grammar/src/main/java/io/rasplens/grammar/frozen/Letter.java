package io.rasplens.grammar.frozen;

/** The letter of each kind of node. */
final class Letter {
    static final char ASSIGNMENT = '=';
    static final char FUNCTION = 'F';
    static final char LOOP = 'L';
    static final char EXPRESSION = ';';

    static final char NAME = 'n';
    static final char LITERAL = 'v';
    static final char UNARY = 'u';
    static final char BINARY = 'b';
    static final char CONDITIONAL = '?';
    static final char INDEX = 'i';
    static final char CALL = 'c';
    static final char SELECT = 's';
    static final char AGGREGATE = 'a';
    static final char LIST = '[';
    static final char DICT = '{';
    static final char LIST_COMPREHENSION = 'l';
    static final char DICT_COMPREHENSION = 'd';
    static final char RANGE = 'r';
    static final char ZIP = 'z';
    static final char LEN = 'm';

    private Letter() {}
}
