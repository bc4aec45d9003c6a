//! The binary as people and scripts meet it: each command's flags, output and exit codes.

mod answers;
mod campaign;
mod check;
mod compare;
mod cut;
mod drill;
mod format1;
mod help;
mod hotwash;
mod improve;
mod key;
mod library;
mod outside;
mod package;
mod pages;
mod parts;
mod played;
mod record;
mod selftest;
mod simulate;
mod why;
