/*
 * The RASP language: statements, expressions, the commands of the REPL, and the `#@` directives of a compiler.
 *
 * Three things depend on where a token stands; the token source in front of the parser (`ContextTokens`) settles them, so that
 * no rule here needs an action:
 *   - Line breaks are white space, but a command or a directive ends with its line: the break that ends one arrives as LINE_END.
 *   - `select`, `aggregate`, `range`, `zip`, `len` are keywords only in front of `(`; elsewhere they arrive as NAME.
 *   - The words that name a directive are keywords only right after `#@`; elsewhere they arrive as NAME.
 *
 * The rules accept slightly more than RASP does (a directive in a block, a function without `return`): what is left to check is
 * about whole statements, and is said better where the syntax tree is built.
 */
grammar Rasp;

tokens { LINE_END, OUTPUT, VOCAB, MAX_LENGTH, CAUSAL, KEEP, TEST }

// ---- Entry points besides `item`, which is called once for each statement of a file ----

/** An expression alone. */
loneExpression : expr EOF ;

/** An input as it is written on the command line: `[1, 2, 3]`. */
loneAtoms : atomList EOF ;

// ---- Statements, commands and directives ----

item
  : expr ';'                                              # expressionStatement
  | names '=' exprs ';'                                   # assignment
  | 'def' NAME '(' names? ')' block                       # functionDefinition
  | 'for' names 'in' expr block                           # forLoop
  | 'return' exprs ';'                                    # returnStatement
  | 'load' STRING ';'                                     # loadStatement
  | 'draw' '(' target=expr (',' on=expr)? ')' ';'         # drawStatement
  | command LINE_END                                      # commandLine
  | '#@' directive LINE_END                               # directiveLine
  ;

block : '{' item* '}' ;

command
  : 'set' exampleKind? 'example' expr                     # setExample
  | 'show' exampleKind? 'example'                         # showExample
  | exampleKind? 'examples' onOff                         # switchExamples
  | FULL_SEQ_DISPLAY onOff                                # switchFullDisplay
  | ('exit' | 'quit') ('(' ')')?                          # exit
  ;

exampleKind : 's-op' | 'selector' ;

onOff : 'on' | 'off' ;

directive
  : OUTPUT NAME                                           # outputDirective
  | VOCAB atomList                                        # vocabDirective
  | MAX_LENGTH INT                                        # maxLengthDirective
  | CAUSAL                                                # causalDirective
  | KEEP NAME ( ','? NAME )*                              # keepDirective
  | 'example' input                                       # exampleDirective
  | TEST input '==' input                                 # testDirective
  ;

/** An input in a directive: a list of atoms, or a string that stands for its characters. */
input
  : STRING                                                # textInput
  | atomList                                              # listInput
  ;

atomList : '[' (atom (',' atom)*)? ']' ;

/** A value. Only `True` and `False` are meant by NAME. */
atom
  : ('-' | '+')? INT                                      # intAtom
  | ('-' | '+')? FLOAT                                    # floatAtom
  | STRING                                                # stringAtom
  | NAME                                                  # nameAtom
  ;

// ---- Expressions, tightest binding first ----

expr
  : '(' expr ')'                                          # brackets
  | NAME                                                  # name
  | INT                                                   # intLiteral
  | FLOAT                                                 # floatLiteral
  | STRING                                                # stringLiteral
  | '[' (expr (comprehension | (',' expr)*))? ']'          # list
  | '{' (entry (comprehension | (',' entry)*))? '}'        # dict
  | 'select' '(' key=expr ',' query=expr ',' selectOperator ')'           # select
  | 'aggregate' '(' sel=expr ',' seq=expr (',' fallback=expr)? ')'        # aggregate
  | 'range' '(' exprs ')'                                 # range
  | 'zip' '(' exprs ')'                                   # zip
  | 'len' '(' expr ')'                                    # len
  | op=('round' | 'indicator') '(' expr ')'               # unaryForm
  | target=expr '[' index=expr ']'                        # index
  | function=expr '(' exprs? ')'                          # call
  | op=('not' | '-' | '+') expr                           # unary
  | left=expr op='^' right=expr                           # binary
  | left=expr op=('*' | '/') right=expr                   # binary
  | left=expr op='%' right=expr                           # binary
  | left=expr op=('+' | '-') right=expr                   # binary
  | left=expr op=('==' | '<=' | '>=' | '<' | '>') right=expr              # binary
  | left=expr op=('and' | 'or') right=expr                # binary
  | whenTrue=expr 'if' condition=expr 'else' whenFalse=expr               # conditional
  | left=expr op='in' right=expr                          # binary
  ;

comprehension : 'for' names 'in' expr ;

selectOperator : '==' | '!=' | '<' | '<=' | '>' | '>=' ;

entry : key=expr ':' value=expr ;

exprs : expr (',' expr)* ;

names : NAME (',' NAME)* ;

// ---- Words ----

SET : 'set' ;
SHOW : 'show' ;
EXAMPLE : 'example' ;
EXAMPLES : 'examples' ;
ON : 'on' ;
OFF : 'off' ;
SELECTOR : 'selector' ;
S_OP : 's-op' ;
FULL_SEQ_DISPLAY : 'full' [ \t]+ 'seq' [ \t]+ 'display' ;
LOAD : 'load' ;
DRAW : 'draw' ;
ROUND : 'round' ;
INDICATOR : 'indicator' ;
EXIT : 'exit' ;
QUIT : 'quit' ;
DEF : 'def' ;
RETURN : 'return' ;
FOR : 'for' ;
IN : 'in' ;
IF : 'if' ;
ELSE : 'else' ;
AND : 'and' ;
OR : 'or' ;
NOT : 'not' ;
SELECT : 'select' ;
AGGREGATE : 'aggregate' ;
RANGE : 'range' ;
ZIP : 'zip' ;
LEN : 'len' ;

DIRECTIVE : '#@' ;
EQUAL : '==' ;
NOT_EQUAL : '!=' ;
LESS_EQUAL : '<=' ;
GREATER_EQUAL : '>=' ;
LESS : '<' ;
GREATER : '>' ;
ASSIGN : '=' ;
PLUS : '+' ;
MINUS : '-' ;
TIMES : '*' ;
DIVIDE : '/' ;
MODULO : '%' ;
POWER : '^' ;
LEFT_BRACKET : '(' ;
RIGHT_BRACKET : ')' ;
LEFT_SQUARE : '[' ;
RIGHT_SQUARE : ']' ;
LEFT_BRACE : '{' ;
RIGHT_BRACE : '}' ;
COMMA : ',' ;
COLON : ':' ;
SEMICOLON : ';' ;

NAME : [A-Za-z_] [A-Za-z_0-9]* ;
FLOAT : [0-9]+ '.' [0-9]+ ;
INT : [0-9]+ ;
STRING : '"' ~["\r\n]* '"' ;

COMMENT : '#' (~[@\r\n] ~[\r\n]*)? -> channel(HIDDEN) ;
LINE_BREAK : ('\r' '\n'? | '\n') -> channel(HIDDEN) ;
SPACE : [ \t\f\u000B\u00A0]+ -> skip ;

// Whatever else the text holds becomes one of these, so that the lexer never fails.
DOC_STRING : '\'\'\'' .*? ('\'\'\'' | EOF) | '"""' .*? ('"""' | EOF) ;
UNTERMINATED_STRING : '"' ~["\r\n]* ;
FOREIGN_STRING : '\'' ~['\r\n]* '\'' | '\u201C' ~[\u201D\r\n]* '\u201D' ;
UNKNOWN : . ;
