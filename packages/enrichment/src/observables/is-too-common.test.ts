import { describe, expect, test } from 'vitest';
import { isTooCommon } from './is-too-common.ts';

describe('isTooCommon', () => {
  test.each([
    ['ipv4', '8.8.8.8'],
    ['ipv4', '192.168.1.1'],
    ['ipv4', '203.0.113.9'],
    ['ipv6', '2001:db8::1'],
    ['ipv6', '2001:4860:4860::8888'],
    ['domain', 'www.google.com'],
    ['domain', 'evil.example.com'],
    ['domain', 'localhost'],
    ['domain', 'bit.ly'],
    ['url', 'https://www.facebook.com/'],
    ['url', 'http://10.0.0.1/x'],
    ['email', 'abuse@registrar.org'],
    ['sha256', 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855'],
    ['filename', 'CMD.EXE'],
  ])('calls the %s %s too common', (type, value) => {
    expect(isTooCommon({ type, value })).toBe(true);
  });

  test.each([
    ['ipv4', '93.158.203.140'],
    ['domain', 'lenreuzdeknen.website'],
    ['domain', 'notgoogle.com'],
    ['url', 'https://www.facebook.com/some.page'],
    ['url', 'https://bit.ly/3xYz'],
    ['email', 'sheva@tigerweb.ru'],
    ['filename', 'Reappraisal.doc'],
    ['mutex', 'flPGdvyhPykxGvhDOAZnU'],
  ])('lets the %s %s stand', (type, value) => {
    expect(isTooCommon({ type, value })).toBe(false);
  });
});
