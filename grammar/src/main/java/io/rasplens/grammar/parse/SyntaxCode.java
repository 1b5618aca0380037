package io.rasplens.grammar.parse;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** What can be wrong, or surprising, in the form of a text. */
public enum SyntaxCode implements DiagnosticCode {
    UNKNOWN_CHARACTER("E0101", "unknown character"),
    UNTERMINATED_STRING("E0102", "unterminated string"),
    MISSING_SEMICOLON("E0103", "missing semicolon"),
    BRACKETS("E0104", "brackets that don't match"),
    TRAILING_COMMA("E0105", "trailing comma"),
    EMPTY_STATEMENT("E0106", "empty statement"),
    NOT_EQUAL_OUTSIDE_SELECT("E0107", "'!=' outside select"),
    KEYWORD_ARGUMENT("E0108", "keyword argument"),
    AUGMENTED_ASSIGNMENT("E0109", "augmented assignment"),
    ASSIGNMENT_TARGET("E0110", "bad assignment target"),
    ASSIGN_FOR_COMPARE("E0111", "'=' where '==' was meant"),
    IF_WITHOUT_ELSE("E0112", "'if' without 'else'"),
    BUILT_IN_FORM("E0113", "wrong parts in a built-in form"),
    COMMAND_FORM("E0114", "malformed command"),
    RETURN_OUTSIDE("E0115", "return outside a function"),
    RETURN_MISSING("E0116", "return missing, or not last"),
    EMPTY_LOOP("E0117", "empty loop"),
    KEYWORD_AS_NAME("E0118", "keyword used as a name"),
    UNEXPECTED("E0119", "unexpected text"),
    MISSING_VALUE("E0120", "missing value"),
    NESTED_TOO_DEEP("E0121", "nested too deep"),
    CHAIN_TOO_LONG("E0122", "expression too long"),
    SOURCE_TOO_LARGE("E0123", "source too large"),
    NUMBER_TOO_LONG("E0124", "number too long"),
    FOREIGN_QUOTES("E0125", "wrong quotes"),
    COMMAND_IN_BLOCK("E0126", "command inside a block"),
    TOO_MANY_ERRORS("E0127", "too many errors"),
    INPUT_VALUE("E0128", "malformed input"),
    OTHER_LANGUAGE("E0129", "not RASP"),
    UNKNOWN_DIRECTIVE("E0601", "unknown directive"),
    MISPLACED_DIRECTIVE("E0602", "misplaced directive"),
    DIRECTIVE_FORM("E0603", "malformed directive"),
    DIRECTIVE_VALUE("E0604", "bad value in a directive"),
    NOT_BEFORE_COMPARISON("W0101", "'not' binds tighter than it looks"),
    IN_WITH_LOGIC("W0102", "'in' binds looser than it looks"),
    MIXED_LOGIC("W0103", "'and' and 'or' mixed"),
    CHAINED_CONDITIONAL("W0104", "chained 'if … else'"),
    LONE_CONSTANT("W0105", "a constant beside a comparison"),
    CHAINED_COMPARISON("W0106", "chained comparisons"),
    MODULO_BEFORE_PRODUCT("W0107", "'%' binds looser than it looks"),
    CHAINED_POWER("W0108", "chained '^'"),
    MINUS_BEFORE_POWER("W0109", "'-' binds tighter than it looks"),
    DIRECTIVE_REPEATED("W0601", "directive given again");

    private final CodeEntry entry;

    SyntaxCode(String id, String title) {
        this.entry = new CodeEntry(id, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }
}
